import type * as AccountBedrockCheckGovCloudRequirements from "./methods/account-bedrock-check-gov-cloud-requirements.ts";
import type * as AccountBedrockDiscover from "./methods/account-bedrock-discover.ts";
import type * as AccountBedrockSetup from "./methods/account-bedrock-setup.ts";
import type * as AccountGatewayOauthCancel from "./methods/account-gateway-oauth-cancel.ts";
import type * as AccountGatewayOauthLogin from "./methods/account-gateway-oauth-login.ts";
import type * as AccountGatewayOauthRead from "./methods/account-gateway-oauth-read.ts";
import type * as AccountGcpSetup from "./methods/account-gcp-setup.ts";
import type * as AccountLoginCancel from "./methods/account-login-cancel.ts";
import type * as AccountLoginStart from "./methods/account-login-start.ts";
import type * as AccountLogout from "./methods/account-logout.ts";
import type * as AccountRateLimitResetCreditConsume from "./methods/account-rate-limit-reset-credit-consume.ts";
import type * as AccountRateLimitsRead from "./methods/account-rate-limits-read.ts";
import type * as AccountRead from "./methods/account-read.ts";
import type * as AccountSecuritySetupRead from "./methods/account-security-setup-read.ts";
import type * as AccountSendAddCreditsNudgeEmail from "./methods/account-send-add-credits-nudge-email.ts";
import type * as AccountSessionList from "./methods/account-session-list.ts";
import type * as AccountSessionSwitch from "./methods/account-session-switch.ts";
import type * as AccountUsageRead from "./methods/account-usage-read.ts";
import type * as AccountWorkspaceMessagesRead from "./methods/account-workspace-messages-read.ts";
import type * as AppInstalled from "./methods/app-installed.ts";
import type * as AppList from "./methods/app-list.ts";
import type * as AppRead from "./methods/app-read.ts";
import type * as CollaborationModeList from "./methods/collaboration-mode-list.ts";
import type * as CommandExec from "./methods/command-exec.ts";
import type * as CommandExecResize from "./methods/command-exec-resize.ts";
import type * as CommandExecTerminate from "./methods/command-exec-terminate.ts";
import type * as CommandExecWrite from "./methods/command-exec-write.ts";
import type * as ConfigBatchWrite from "./methods/config-batch-write.ts";
import type * as ConfigMcpServerReload from "./methods/config-mcp-server-reload.ts";
import type * as ConfigRead from "./methods/config-read.ts";
import type * as ConfigRequirementsRead from "./methods/config-requirements-read.ts";
import type * as ConfigValueWrite from "./methods/config-value-write.ts";
import type * as EnvironmentAdd from "./methods/environment-add.ts";
import type * as EnvironmentInfo from "./methods/environment-info.ts";
import type * as EnvironmentStatus from "./methods/environment-status.ts";
import type * as ExperimentalFeatureEnablementSet from "./methods/experimental-feature-enablement-set.ts";
import type * as ExperimentalFeatureList from "./methods/experimental-feature-list.ts";
import type * as ExternalAgentConfigDetect from "./methods/external-agent-config-detect.ts";
import type * as ExternalAgentConfigImport from "./methods/external-agent-config-import.ts";
import type * as ExternalAgentConfigImportReadHistories from "./methods/external-agent-config-import-read-histories.ts";
import type * as ExternalAgentConfigImportRecordHistory from "./methods/external-agent-config-import-record-history.ts";
import type * as FeedbackSave from "./methods/feedback-save.ts";
import type * as FeedbackUpload from "./methods/feedback-upload.ts";
import type * as FsCopy from "./methods/fs-copy.ts";
import type * as FsCreateDirectory from "./methods/fs-create-directory.ts";
import type * as FsGetMetadata from "./methods/fs-get-metadata.ts";
import type * as FsReadDirectory from "./methods/fs-read-directory.ts";
import type * as FsReadFile from "./methods/fs-read-file.ts";
import type * as FsRemove from "./methods/fs-remove.ts";
import type * as FsUnwatch from "./methods/fs-unwatch.ts";
import type * as FsWatch from "./methods/fs-watch.ts";
import type * as FsWriteFile from "./methods/fs-write-file.ts";
import type * as FuzzyFileSearch from "./methods/fuzzy-file-search.ts";
import type * as FuzzyFileSearchSessionStart from "./methods/fuzzy-file-search-session-start.ts";
import type * as FuzzyFileSearchSessionStop from "./methods/fuzzy-file-search-session-stop.ts";
import type * as FuzzyFileSearchSessionUpdate from "./methods/fuzzy-file-search-session-update.ts";
import type * as GetAuthStatus from "./methods/get-auth-status.ts";
import type * as GetConversationSummary from "./methods/get-conversation-summary.ts";
import type * as GitDiffToRemote from "./methods/git-diff-to-remote.ts";
import type * as HooksList from "./methods/hooks-list.ts";
import type * as Initialize from "./methods/initialize.ts";
import type * as MarketplaceAdd from "./methods/marketplace-add.ts";
import type * as MarketplaceRemove from "./methods/marketplace-remove.ts";
import type * as MarketplaceUpgrade from "./methods/marketplace-upgrade.ts";
import type * as McpServerEventStreamStart from "./methods/mcp-server-event-stream-start.ts";
import type * as McpServerEventStreamStop from "./methods/mcp-server-event-stream-stop.ts";
import type * as McpServerOauthLogin from "./methods/mcp-server-oauth-login.ts";
import type * as McpServerResourceRead from "./methods/mcp-server-resource-read.ts";
import type * as McpServerStatusList from "./methods/mcp-server-status-list.ts";
import type * as McpServerToolCall from "./methods/mcp-server-tool-call.ts";
import type * as MemoryReset from "./methods/memory-reset.ts";
import type * as MemoryStatus from "./methods/memory-status.ts";
import type * as MockExperimentalMethod from "./methods/mock-experimental-method.ts";
import type * as ModelList from "./methods/model-list.ts";
import type * as ModelProviderCapabilitiesRead from "./methods/model-provider-capabilities-read.ts";
import type * as ModelProviderConfigWrite from "./methods/model-provider-config-write.ts";
import type * as ModelProviderList from "./methods/model-provider-list.ts";
import type * as PermissionProfileList from "./methods/permission-profile-list.ts";
import type * as PluginInstall from "./methods/plugin-install.ts";
import type * as PluginInstalled from "./methods/plugin-installed.ts";
import type * as PluginList from "./methods/plugin-list.ts";
import type * as PluginRead from "./methods/plugin-read.ts";
import type * as PluginReconcile from "./methods/plugin-reconcile.ts";
import type * as PluginSearch from "./methods/plugin-search.ts";
import type * as PluginShareCheckout from "./methods/plugin-share-checkout.ts";
import type * as PluginShareDelete from "./methods/plugin-share-delete.ts";
import type * as PluginShareList from "./methods/plugin-share-list.ts";
import type * as PluginShareSave from "./methods/plugin-share-save.ts";
import type * as PluginShareUpdateTargets from "./methods/plugin-share-update-targets.ts";
import type * as PluginSkillRead from "./methods/plugin-skill-read.ts";
import type * as PluginUninstall from "./methods/plugin-uninstall.ts";
import type * as ProcessKill from "./methods/process-kill.ts";
import type * as ProcessResizePty from "./methods/process-resize-pty.ts";
import type * as ProcessSpawn from "./methods/process-spawn.ts";
import type * as ProcessWriteStdin from "./methods/process-write-stdin.ts";
import type * as ProjectCreate from "./methods/project-create.ts";
import type * as ProjectDelete from "./methods/project-delete.ts";
import type * as ProjectImport from "./methods/project-import.ts";
import type * as ProjectList from "./methods/project-list.ts";
import type * as ProjectMove from "./methods/project-move.ts";
import type * as ProjectRead from "./methods/project-read.ts";
import type * as ProjectUpdate from "./methods/project-update.ts";
import type * as RemoteControlClientList from "./methods/remote-control-client-list.ts";
import type * as RemoteControlClientRevoke from "./methods/remote-control-client-revoke.ts";
import type * as RemoteControlDisable from "./methods/remote-control-disable.ts";
import type * as RemoteControlEnable from "./methods/remote-control-enable.ts";
import type * as RemoteControlPairingStart from "./methods/remote-control-pairing-start.ts";
import type * as RemoteControlPairingStatus from "./methods/remote-control-pairing-status.ts";
import type * as RemoteControlStatusRead from "./methods/remote-control-status-read.ts";
import type * as ReviewStart from "./methods/review-start.ts";
import type * as RolloutCompress from "./methods/rollout-compress.ts";
import type * as ServerDiagnostics from "./methods/server-diagnostics.ts";
import type * as SkillsConfigWrite from "./methods/skills-config-write.ts";
import type * as SkillsExtraRootsSet from "./methods/skills-extra-roots-set.ts";
import type * as SkillsList from "./methods/skills-list.ts";
import type * as ThreadApproveGuardianDeniedAction from "./methods/thread-approve-guardian-denied-action.ts";
import type * as ThreadArchive from "./methods/thread-archive.ts";
import type * as ThreadAttachmentAdd from "./methods/thread-attachment-add.ts";
import type * as ThreadAttachmentList from "./methods/thread-attachment-list.ts";
import type * as ThreadAttachmentOwnerList from "./methods/thread-attachment-owner-list.ts";
import type * as ThreadAttachmentRemove from "./methods/thread-attachment-remove.ts";
import type * as ThreadBackgroundTerminalsClean from "./methods/thread-background-terminals-clean.ts";
import type * as ThreadBackgroundTerminalsList from "./methods/thread-background-terminals-list.ts";
import type * as ThreadBackgroundTerminalsTerminate from "./methods/thread-background-terminals-terminate.ts";
import type * as ThreadCompactStart from "./methods/thread-compact-start.ts";
import type * as ThreadDecrementElicitation from "./methods/thread-decrement-elicitation.ts";
import type * as ThreadDelete from "./methods/thread-delete.ts";
import type * as ThreadFork from "./methods/thread-fork.ts";
import type * as ThreadGoalClear from "./methods/thread-goal-clear.ts";
import type * as ThreadGoalGet from "./methods/thread-goal-get.ts";
import type * as ThreadGoalSet from "./methods/thread-goal-set.ts";
import type * as ThreadGuardianReview from "./methods/thread-guardian-review.ts";
import type * as ThreadIncrementElicitation from "./methods/thread-increment-elicitation.ts";
import type * as ThreadInjectItems from "./methods/thread-inject-items.ts";
import type * as ThreadItemsList from "./methods/thread-items-list.ts";
import type * as ThreadItemsRead from "./methods/thread-items-read.ts";
import type * as ThreadList from "./methods/thread-list.ts";
import type * as ThreadLoadedList from "./methods/thread-loaded-list.ts";
import type * as ThreadMemoryModeSet from "./methods/thread-memory-mode-set.ts";
import type * as ThreadMemoryRead from "./methods/thread-memory-read.ts";
import type * as ThreadMetadataUpdate from "./methods/thread-metadata-update.ts";
import type * as ThreadNameSet from "./methods/thread-name-set.ts";
import type * as ThreadPredictionRequest from "./methods/thread-prediction-request.ts";
import type * as ThreadPrepareApprovedPlan from "./methods/thread-prepare-approved-plan.ts";
import type * as ThreadQueueAdd from "./methods/thread-queue-add.ts";
import type * as ThreadQueueDelete from "./methods/thread-queue-delete.ts";
import type * as ThreadQueueList from "./methods/thread-queue-list.ts";
import type * as ThreadQueueReorder from "./methods/thread-queue-reorder.ts";
import type * as ThreadQueueStart from "./methods/thread-queue-start.ts";
import type * as ThreadQueueUpdate from "./methods/thread-queue-update.ts";
import type * as ThreadRead from "./methods/thread-read.ts";
import type * as ThreadReadStateUpdate from "./methods/thread-read-state-update.ts";
import type * as ThreadRealtimeAppendAudio from "./methods/thread-realtime-append-audio.ts";
import type * as ThreadRealtimeAppendSpeech from "./methods/thread-realtime-append-speech.ts";
import type * as ThreadRealtimeAppendText from "./methods/thread-realtime-append-text.ts";
import type * as ThreadRealtimeListVoices from "./methods/thread-realtime-list-voices.ts";
import type * as ThreadRealtimeStart from "./methods/thread-realtime-start.ts";
import type * as ThreadRealtimeStop from "./methods/thread-realtime-stop.ts";
import type * as ThreadResume from "./methods/thread-resume.ts";
import type * as ThreadRevert from "./methods/thread-revert.ts";
import type * as ThreadSample from "./methods/thread-sample.ts";
import type * as ThreadSampleCancel from "./methods/thread-sample-cancel.ts";
import type * as ThreadSearch from "./methods/thread-search.ts";
import type * as ThreadSearchOccurrences from "./methods/thread-search-occurrences.ts";
import type * as ThreadSectionCreate from "./methods/thread-section-create.ts";
import type * as ThreadSectionDelete from "./methods/thread-section-delete.ts";
import type * as ThreadSectionList from "./methods/thread-section-list.ts";
import type * as ThreadSectionMove from "./methods/thread-section-move.ts";
import type * as ThreadSectionUpdate from "./methods/thread-section-update.ts";
import type * as ThreadSettingsUpdate from "./methods/thread-settings-update.ts";
import type * as ThreadShellCommand from "./methods/thread-shell-command.ts";
import type * as ThreadStart from "./methods/thread-start.ts";
import type * as ThreadTimelineList from "./methods/thread-timeline-list.ts";
import type * as ThreadTurnsList from "./methods/thread-turns-list.ts";
import type * as ThreadUnarchive from "./methods/thread-unarchive.ts";
import type * as ThreadUnsubscribe from "./methods/thread-unsubscribe.ts";
import type * as TurnInterrupt from "./methods/turn-interrupt.ts";
import type * as TurnSettingsUpdate from "./methods/turn-settings-update.ts";
import type * as TurnStart from "./methods/turn-start.ts";
import type * as TurnSteer from "./methods/turn-steer.ts";
import type * as UserVerificationCancel from "./methods/user-verification-cancel.ts";
import type * as UserVerificationDelete from "./methods/user-verification-delete.ts";
import type * as UserVerificationEnroll from "./methods/user-verification-enroll.ts";
import type * as UserVerificationStatus from "./methods/user-verification-status.ts";
import type * as UserVerificationVerify from "./methods/user-verification-verify.ts";
import type * as WindowsSandboxReadiness from "./methods/windows-sandbox-readiness.ts";
import type * as WindowsSandboxSetupStart from "./methods/windows-sandbox-setup-start.ts";

/** Every request a client may send: its params and its result. One line and one module a method. */
export type Methods = {
  initialize: { params: Initialize.Params; result: Initialize.Result };
  "server/diagnostics": { params: ServerDiagnostics.Params; result: ServerDiagnostics.Result };
  "userVerification/status": { params: UserVerificationStatus.Params; result: UserVerificationStatus.Result };
  "userVerification/enroll": { params: UserVerificationEnroll.Params; result: UserVerificationEnroll.Result };
  "userVerification/delete": { params: UserVerificationDelete.Params; result: UserVerificationDelete.Result };
  "userVerification/verify": { params: UserVerificationVerify.Params; result: UserVerificationVerify.Result };
  "userVerification/cancel": { params: UserVerificationCancel.Params; result: UserVerificationCancel.Result };
  "thread/start": { params: ThreadStart.Params; result: ThreadStart.Result };
  "thread/resume": { params: ThreadResume.Params; result: ThreadResume.Result };
  "thread/fork": { params: ThreadFork.Params; result: ThreadFork.Result };
  "thread/sample": { params: ThreadSample.Params; result: ThreadSample.Result };
  "thread/sample/cancel": { params: ThreadSampleCancel.Params; result: ThreadSampleCancel.Result };
  "thread/archive": { params: ThreadArchive.Params; result: ThreadArchive.Result };
  "thread/delete": { params: ThreadDelete.Params; result: ThreadDelete.Result };
  "thread/unsubscribe": { params: ThreadUnsubscribe.Params; result: ThreadUnsubscribe.Result };
  "thread/increment_elicitation": {
    params: ThreadIncrementElicitation.Params;
    result: ThreadIncrementElicitation.Result;
  };
  "thread/decrement_elicitation": {
    params: ThreadDecrementElicitation.Params;
    result: ThreadDecrementElicitation.Result;
  };
  "thread/name/set": { params: ThreadNameSet.Params; result: ThreadNameSet.Result };
  "thread/prediction/request": { params: ThreadPredictionRequest.Params; result: ThreadPredictionRequest.Result };
  "thread/goal/set": { params: ThreadGoalSet.Params; result: ThreadGoalSet.Result };
  "thread/goal/get": { params: ThreadGoalGet.Params; result: ThreadGoalGet.Result };
  "thread/goal/clear": { params: ThreadGoalClear.Params; result: ThreadGoalClear.Result };
  "thread/queue/add": { params: ThreadQueueAdd.Params; result: ThreadQueueAdd.Result };
  "thread/queue/list": { params: ThreadQueueList.Params; result: ThreadQueueList.Result };
  "thread/queue/update": { params: ThreadQueueUpdate.Params; result: ThreadQueueUpdate.Result };
  "thread/queue/delete": { params: ThreadQueueDelete.Params; result: ThreadQueueDelete.Result };
  "thread/queue/reorder": { params: ThreadQueueReorder.Params; result: ThreadQueueReorder.Result };
  "thread/queue/start": { params: ThreadQueueStart.Params; result: ThreadQueueStart.Result };
  "thread/metadata/update": { params: ThreadMetadataUpdate.Params; result: ThreadMetadataUpdate.Result };
  "thread/attachment/add": { params: ThreadAttachmentAdd.Params; result: ThreadAttachmentAdd.Result };
  "thread/attachment/list": { params: ThreadAttachmentList.Params; result: ThreadAttachmentList.Result };
  "thread/attachmentOwner/list": { params: ThreadAttachmentOwnerList.Params; result: ThreadAttachmentOwnerList.Result };
  "thread/attachment/remove": { params: ThreadAttachmentRemove.Params; result: ThreadAttachmentRemove.Result };
  "thread/section/move": { params: ThreadSectionMove.Params; result: ThreadSectionMove.Result };
  "thread/settings/update": { params: ThreadSettingsUpdate.Params; result: ThreadSettingsUpdate.Result };
  "thread/memoryMode/set": { params: ThreadMemoryModeSet.Params; result: ThreadMemoryModeSet.Result };
  "thread/memory/read": { params: ThreadMemoryRead.Params; result: ThreadMemoryRead.Result };
  "memory/status": { params: MemoryStatus.Params; result: MemoryStatus.Result };
  "memory/reset": { params: MemoryReset.Params; result: MemoryReset.Result };
  "rollout/compress": { params: RolloutCompress.Params; result: RolloutCompress.Result };
  "thread/unarchive": { params: ThreadUnarchive.Params; result: ThreadUnarchive.Result };
  "thread/compact/start": { params: ThreadCompactStart.Params; result: ThreadCompactStart.Result };
  "thread/shellCommand": { params: ThreadShellCommand.Params; result: ThreadShellCommand.Result };
  "thread/approveGuardianDeniedAction": {
    params: ThreadApproveGuardianDeniedAction.Params;
    result: ThreadApproveGuardianDeniedAction.Result;
  };
  "thread/backgroundTerminals/clean": {
    params: ThreadBackgroundTerminalsClean.Params;
    result: ThreadBackgroundTerminalsClean.Result;
  };
  "thread/backgroundTerminals/list": {
    params: ThreadBackgroundTerminalsList.Params;
    result: ThreadBackgroundTerminalsList.Result;
  };
  "thread/backgroundTerminals/terminate": {
    params: ThreadBackgroundTerminalsTerminate.Params;
    result: ThreadBackgroundTerminalsTerminate.Result;
  };
  "thread/revert": { params: ThreadRevert.Params; result: ThreadRevert.Result };
  "thread/list": { params: ThreadList.Params; result: ThreadList.Result };
  "project/list": { params: ProjectList.Params; result: ProjectList.Result };
  "project/read": { params: ProjectRead.Params; result: ProjectRead.Result };
  "project/create": { params: ProjectCreate.Params; result: ProjectCreate.Result };
  "project/import": { params: ProjectImport.Params; result: ProjectImport.Result };
  "project/update": { params: ProjectUpdate.Params; result: ProjectUpdate.Result };
  "project/move": { params: ProjectMove.Params; result: ProjectMove.Result };
  "project/delete": { params: ProjectDelete.Params; result: ProjectDelete.Result };
  "threadSection/list": { params: ThreadSectionList.Params; result: ThreadSectionList.Result };
  "threadSection/create": { params: ThreadSectionCreate.Params; result: ThreadSectionCreate.Result };
  "threadSection/update": { params: ThreadSectionUpdate.Params; result: ThreadSectionUpdate.Result };
  "threadSection/delete": { params: ThreadSectionDelete.Params; result: ThreadSectionDelete.Result };
  "thread/search": { params: ThreadSearch.Params; result: ThreadSearch.Result };
  "thread/searchOccurrences": { params: ThreadSearchOccurrences.Params; result: ThreadSearchOccurrences.Result };
  "thread/loaded/list": { params: ThreadLoadedList.Params; result: ThreadLoadedList.Result };
  "thread/read": { params: ThreadRead.Params; result: ThreadRead.Result };
  "thread/readState/update": { params: ThreadReadStateUpdate.Params; result: ThreadReadStateUpdate.Result };
  "thread/turns/list": { params: ThreadTurnsList.Params; result: ThreadTurnsList.Result };
  "thread/items/list": { params: ThreadItemsList.Params; result: ThreadItemsList.Result };
  "thread/items/read": { params: ThreadItemsRead.Params; result: ThreadItemsRead.Result };
  "thread/guardianReview": { params: ThreadGuardianReview.Params; result: ThreadGuardianReview.Result };
  "thread/inject_items": { params: ThreadInjectItems.Params; result: ThreadInjectItems.Result };
  "thread/prepareApprovedPlan": { params: ThreadPrepareApprovedPlan.Params; result: ThreadPrepareApprovedPlan.Result };
  "skills/list": { params: SkillsList.Params; result: SkillsList.Result };
  "skills/extraRoots/set": { params: SkillsExtraRootsSet.Params; result: SkillsExtraRootsSet.Result };
  "hooks/list": { params: HooksList.Params; result: HooksList.Result };
  "marketplace/add": { params: MarketplaceAdd.Params; result: MarketplaceAdd.Result };
  "marketplace/remove": { params: MarketplaceRemove.Params; result: MarketplaceRemove.Result };
  "marketplace/upgrade": { params: MarketplaceUpgrade.Params; result: MarketplaceUpgrade.Result };
  "plugin/list": { params: PluginList.Params; result: PluginList.Result };
  "plugin/search": { params: PluginSearch.Params; result: PluginSearch.Result };
  "plugin/installed": { params: PluginInstalled.Params; result: PluginInstalled.Result };
  "plugin/reconcile": { params: PluginReconcile.Params; result: PluginReconcile.Result };
  "plugin/read": { params: PluginRead.Params; result: PluginRead.Result };
  "plugin/skill/read": { params: PluginSkillRead.Params; result: PluginSkillRead.Result };
  "plugin/share/save": { params: PluginShareSave.Params; result: PluginShareSave.Result };
  "plugin/share/updateTargets": { params: PluginShareUpdateTargets.Params; result: PluginShareUpdateTargets.Result };
  "plugin/share/list": { params: PluginShareList.Params; result: PluginShareList.Result };
  "plugin/share/checkout": { params: PluginShareCheckout.Params; result: PluginShareCheckout.Result };
  "plugin/share/delete": { params: PluginShareDelete.Params; result: PluginShareDelete.Result };
  "app/read": { params: AppRead.Params; result: AppRead.Result };
  "app/list": { params: AppList.Params; result: AppList.Result };
  "app/installed": { params: AppInstalled.Params; result: AppInstalled.Result };
  "fs/readFile": { params: FsReadFile.Params; result: FsReadFile.Result };
  "fs/writeFile": { params: FsWriteFile.Params; result: FsWriteFile.Result };
  "fs/createDirectory": { params: FsCreateDirectory.Params; result: FsCreateDirectory.Result };
  "fs/getMetadata": { params: FsGetMetadata.Params; result: FsGetMetadata.Result };
  "fs/readDirectory": { params: FsReadDirectory.Params; result: FsReadDirectory.Result };
  "fs/remove": { params: FsRemove.Params; result: FsRemove.Result };
  "fs/copy": { params: FsCopy.Params; result: FsCopy.Result };
  "fs/watch": { params: FsWatch.Params; result: FsWatch.Result };
  "fs/unwatch": { params: FsUnwatch.Params; result: FsUnwatch.Result };
  "skills/config/write": { params: SkillsConfigWrite.Params; result: SkillsConfigWrite.Result };
  "plugin/install": { params: PluginInstall.Params; result: PluginInstall.Result };
  "plugin/uninstall": { params: PluginUninstall.Params; result: PluginUninstall.Result };
  "turn/start": { params: TurnStart.Params; result: TurnStart.Result };
  "turn/settings/update": { params: TurnSettingsUpdate.Params; result: TurnSettingsUpdate.Result };
  "turn/steer": { params: TurnSteer.Params; result: TurnSteer.Result };
  "turn/interrupt": { params: TurnInterrupt.Params; result: TurnInterrupt.Result };
  "thread/realtime/start": { params: ThreadRealtimeStart.Params; result: ThreadRealtimeStart.Result };
  "thread/realtime/appendAudio": { params: ThreadRealtimeAppendAudio.Params; result: ThreadRealtimeAppendAudio.Result };
  "thread/realtime/appendText": { params: ThreadRealtimeAppendText.Params; result: ThreadRealtimeAppendText.Result };
  "thread/realtime/appendSpeech": {
    params: ThreadRealtimeAppendSpeech.Params;
    result: ThreadRealtimeAppendSpeech.Result;
  };
  "thread/realtime/stop": { params: ThreadRealtimeStop.Params; result: ThreadRealtimeStop.Result };
  "thread/timeline/list": { params: ThreadTimelineList.Params; result: ThreadTimelineList.Result };
  "thread/realtime/listVoices": { params: ThreadRealtimeListVoices.Params; result: ThreadRealtimeListVoices.Result };
  "review/start": { params: ReviewStart.Params; result: ReviewStart.Result };
  "model/list": { params: ModelList.Params; result: ModelList.Result };
  "account/gatewayOAuth/read": { params: AccountGatewayOauthRead.Params; result: AccountGatewayOauthRead.Result };
  "account/gatewayOAuth/login": { params: AccountGatewayOauthLogin.Params; result: AccountGatewayOauthLogin.Result };
  "account/gatewayOAuth/cancel": { params: AccountGatewayOauthCancel.Params; result: AccountGatewayOauthCancel.Result };
  "modelProvider/list": { params: ModelProviderList.Params; result: ModelProviderList.Result };
  "modelProvider/config/write": { params: ModelProviderConfigWrite.Params; result: ModelProviderConfigWrite.Result };
  "modelProvider/capabilities/read": {
    params: ModelProviderCapabilitiesRead.Params;
    result: ModelProviderCapabilitiesRead.Result;
  };
  "experimentalFeature/list": { params: ExperimentalFeatureList.Params; result: ExperimentalFeatureList.Result };
  "permissionProfile/list": { params: PermissionProfileList.Params; result: PermissionProfileList.Result };
  "experimentalFeature/enablement/set": {
    params: ExperimentalFeatureEnablementSet.Params;
    result: ExperimentalFeatureEnablementSet.Result;
  };
  "remoteControl/enable": { params: RemoteControlEnable.Params; result: RemoteControlEnable.Result };
  "remoteControl/disable": { params: RemoteControlDisable.Params; result: RemoteControlDisable.Result };
  "remoteControl/status/read": { params: RemoteControlStatusRead.Params; result: RemoteControlStatusRead.Result };
  "remoteControl/pairing/start": { params: RemoteControlPairingStart.Params; result: RemoteControlPairingStart.Result };
  "remoteControl/pairing/status": {
    params: RemoteControlPairingStatus.Params;
    result: RemoteControlPairingStatus.Result;
  };
  "remoteControl/client/list": { params: RemoteControlClientList.Params; result: RemoteControlClientList.Result };
  "remoteControl/client/revoke": { params: RemoteControlClientRevoke.Params; result: RemoteControlClientRevoke.Result };
  "collaborationMode/list": { params: CollaborationModeList.Params; result: CollaborationModeList.Result };
  "mock/experimentalMethod": { params: MockExperimentalMethod.Params; result: MockExperimentalMethod.Result };
  "environment/add": { params: EnvironmentAdd.Params; result: EnvironmentAdd.Result };
  "environment/info": { params: EnvironmentInfo.Params; result: EnvironmentInfo.Result };
  "environment/status": { params: EnvironmentStatus.Params; result: EnvironmentStatus.Result };
  "mcpServer/oauth/login": { params: McpServerOauthLogin.Params; result: McpServerOauthLogin.Result };
  "config/mcpServer/reload": { params: ConfigMcpServerReload.Params; result: ConfigMcpServerReload.Result };
  "mcpServerStatus/list": { params: McpServerStatusList.Params; result: McpServerStatusList.Result };
  "mcpServer/resource/read": { params: McpServerResourceRead.Params; result: McpServerResourceRead.Result };
  "mcpServer/event/stream/start": {
    params: McpServerEventStreamStart.Params;
    result: McpServerEventStreamStart.Result;
  };
  "mcpServer/event/stream/stop": { params: McpServerEventStreamStop.Params; result: McpServerEventStreamStop.Result };
  "mcpServer/tool/call": { params: McpServerToolCall.Params; result: McpServerToolCall.Result };
  "windowsSandbox/setupStart": { params: WindowsSandboxSetupStart.Params; result: WindowsSandboxSetupStart.Result };
  "windowsSandbox/readiness": { params: WindowsSandboxReadiness.Params; result: WindowsSandboxReadiness.Result };
  "account/login/start": { params: AccountLoginStart.Params; result: AccountLoginStart.Result };
  "account/bedrock/discover": { params: AccountBedrockDiscover.Params; result: AccountBedrockDiscover.Result };
  "account/bedrock/setup": { params: AccountBedrockSetup.Params; result: AccountBedrockSetup.Result };
  "account/gcp/setup": { params: AccountGcpSetup.Params; result: AccountGcpSetup.Result };
  "account/bedrock/checkGovCloudRequirements": {
    params: AccountBedrockCheckGovCloudRequirements.Params;
    result: AccountBedrockCheckGovCloudRequirements.Result;
  };
  "account/login/cancel": { params: AccountLoginCancel.Params; result: AccountLoginCancel.Result };
  "accountSession/list": { params: AccountSessionList.Params; result: AccountSessionList.Result };
  "accountSession/switch": { params: AccountSessionSwitch.Params; result: AccountSessionSwitch.Result };
  "account/logout": { params: AccountLogout.Params; result: AccountLogout.Result };
  "account/securitySetup/read": { params: AccountSecuritySetupRead.Params; result: AccountSecuritySetupRead.Result };
  "account/rateLimits/read": { params: AccountRateLimitsRead.Params; result: AccountRateLimitsRead.Result };
  "account/rateLimitResetCredit/consume": {
    params: AccountRateLimitResetCreditConsume.Params;
    result: AccountRateLimitResetCreditConsume.Result;
  };
  "account/usage/read": { params: AccountUsageRead.Params; result: AccountUsageRead.Result };
  "account/workspaceMessages/read": {
    params: AccountWorkspaceMessagesRead.Params;
    result: AccountWorkspaceMessagesRead.Result;
  };
  "account/sendAddCreditsNudgeEmail": {
    params: AccountSendAddCreditsNudgeEmail.Params;
    result: AccountSendAddCreditsNudgeEmail.Result;
  };
  "feedback/upload": { params: FeedbackUpload.Params; result: FeedbackUpload.Result };
  "feedback/save": { params: FeedbackSave.Params; result: FeedbackSave.Result };
  "command/exec": { params: CommandExec.Params; result: CommandExec.Result };
  "command/exec/write": { params: CommandExecWrite.Params; result: CommandExecWrite.Result };
  "command/exec/terminate": { params: CommandExecTerminate.Params; result: CommandExecTerminate.Result };
  "command/exec/resize": { params: CommandExecResize.Params; result: CommandExecResize.Result };
  "process/spawn": { params: ProcessSpawn.Params; result: ProcessSpawn.Result };
  "process/writeStdin": { params: ProcessWriteStdin.Params; result: ProcessWriteStdin.Result };
  "process/kill": { params: ProcessKill.Params; result: ProcessKill.Result };
  "process/resizePty": { params: ProcessResizePty.Params; result: ProcessResizePty.Result };
  "config/read": { params: ConfigRead.Params; result: ConfigRead.Result };
  "externalAgentConfig/detect": { params: ExternalAgentConfigDetect.Params; result: ExternalAgentConfigDetect.Result };
  "externalAgentConfig/import": { params: ExternalAgentConfigImport.Params; result: ExternalAgentConfigImport.Result };
  "externalAgentConfig/import/recordHistory": {
    params: ExternalAgentConfigImportRecordHistory.Params;
    result: ExternalAgentConfigImportRecordHistory.Result;
  };
  "externalAgentConfig/import/readHistories": {
    params: ExternalAgentConfigImportReadHistories.Params;
    result: ExternalAgentConfigImportReadHistories.Result;
  };
  "config/value/write": { params: ConfigValueWrite.Params; result: ConfigValueWrite.Result };
  "config/batchWrite": { params: ConfigBatchWrite.Params; result: ConfigBatchWrite.Result };
  "configRequirements/read": { params: ConfigRequirementsRead.Params; result: ConfigRequirementsRead.Result };
  "account/read": { params: AccountRead.Params; result: AccountRead.Result };
  getConversationSummary: { params: GetConversationSummary.Params; result: GetConversationSummary.Result };
  gitDiffToRemote: { params: GitDiffToRemote.Params; result: GitDiffToRemote.Result };
  getAuthStatus: { params: GetAuthStatus.Params; result: GetAuthStatus.Result };
  fuzzyFileSearch: { params: FuzzyFileSearch.Params; result: FuzzyFileSearch.Result };
  "fuzzyFileSearch/sessionStart": {
    params: FuzzyFileSearchSessionStart.Params;
    result: FuzzyFileSearchSessionStart.Result;
  };
  "fuzzyFileSearch/sessionUpdate": {
    params: FuzzyFileSearchSessionUpdate.Params;
    result: FuzzyFileSearchSessionUpdate.Result;
  };
  "fuzzyFileSearch/sessionStop": {
    params: FuzzyFileSearchSessionStop.Params;
    result: FuzzyFileSearchSessionStop.Result;
  };
};

export type Method = keyof Methods;
export type Params<M extends Method> = Methods[M]["params"];
export type MethodResult<M extends Method> = Methods[M]["result"];

/** The schemas of each method, loaded at its first use: building all of them would cost every start. */
export const schemas = {
  initialize: () => import("./methods/initialize.ts"),
  "server/diagnostics": () => import("./methods/server-diagnostics.ts"),
  "userVerification/status": () => import("./methods/user-verification-status.ts"),
  "userVerification/enroll": () => import("./methods/user-verification-enroll.ts"),
  "userVerification/delete": () => import("./methods/user-verification-delete.ts"),
  "userVerification/verify": () => import("./methods/user-verification-verify.ts"),
  "userVerification/cancel": () => import("./methods/user-verification-cancel.ts"),
  "thread/start": () => import("./methods/thread-start.ts"),
  "thread/resume": () => import("./methods/thread-resume.ts"),
  "thread/fork": () => import("./methods/thread-fork.ts"),
  "thread/sample": () => import("./methods/thread-sample.ts"),
  "thread/sample/cancel": () => import("./methods/thread-sample-cancel.ts"),
  "thread/archive": () => import("./methods/thread-archive.ts"),
  "thread/delete": () => import("./methods/thread-delete.ts"),
  "thread/unsubscribe": () => import("./methods/thread-unsubscribe.ts"),
  "thread/increment_elicitation": () => import("./methods/thread-increment-elicitation.ts"),
  "thread/decrement_elicitation": () => import("./methods/thread-decrement-elicitation.ts"),
  "thread/name/set": () => import("./methods/thread-name-set.ts"),
  "thread/prediction/request": () => import("./methods/thread-prediction-request.ts"),
  "thread/goal/set": () => import("./methods/thread-goal-set.ts"),
  "thread/goal/get": () => import("./methods/thread-goal-get.ts"),
  "thread/goal/clear": () => import("./methods/thread-goal-clear.ts"),
  "thread/queue/add": () => import("./methods/thread-queue-add.ts"),
  "thread/queue/list": () => import("./methods/thread-queue-list.ts"),
  "thread/queue/update": () => import("./methods/thread-queue-update.ts"),
  "thread/queue/delete": () => import("./methods/thread-queue-delete.ts"),
  "thread/queue/reorder": () => import("./methods/thread-queue-reorder.ts"),
  "thread/queue/start": () => import("./methods/thread-queue-start.ts"),
  "thread/metadata/update": () => import("./methods/thread-metadata-update.ts"),
  "thread/attachment/add": () => import("./methods/thread-attachment-add.ts"),
  "thread/attachment/list": () => import("./methods/thread-attachment-list.ts"),
  "thread/attachmentOwner/list": () => import("./methods/thread-attachment-owner-list.ts"),
  "thread/attachment/remove": () => import("./methods/thread-attachment-remove.ts"),
  "thread/section/move": () => import("./methods/thread-section-move.ts"),
  "thread/settings/update": () => import("./methods/thread-settings-update.ts"),
  "thread/memoryMode/set": () => import("./methods/thread-memory-mode-set.ts"),
  "thread/memory/read": () => import("./methods/thread-memory-read.ts"),
  "memory/status": () => import("./methods/memory-status.ts"),
  "memory/reset": () => import("./methods/memory-reset.ts"),
  "rollout/compress": () => import("./methods/rollout-compress.ts"),
  "thread/unarchive": () => import("./methods/thread-unarchive.ts"),
  "thread/compact/start": () => import("./methods/thread-compact-start.ts"),
  "thread/shellCommand": () => import("./methods/thread-shell-command.ts"),
  "thread/approveGuardianDeniedAction": () => import("./methods/thread-approve-guardian-denied-action.ts"),
  "thread/backgroundTerminals/clean": () => import("./methods/thread-background-terminals-clean.ts"),
  "thread/backgroundTerminals/list": () => import("./methods/thread-background-terminals-list.ts"),
  "thread/backgroundTerminals/terminate": () => import("./methods/thread-background-terminals-terminate.ts"),
  "thread/revert": () => import("./methods/thread-revert.ts"),
  "thread/list": () => import("./methods/thread-list.ts"),
  "project/list": () => import("./methods/project-list.ts"),
  "project/read": () => import("./methods/project-read.ts"),
  "project/create": () => import("./methods/project-create.ts"),
  "project/import": () => import("./methods/project-import.ts"),
  "project/update": () => import("./methods/project-update.ts"),
  "project/move": () => import("./methods/project-move.ts"),
  "project/delete": () => import("./methods/project-delete.ts"),
  "threadSection/list": () => import("./methods/thread-section-list.ts"),
  "threadSection/create": () => import("./methods/thread-section-create.ts"),
  "threadSection/update": () => import("./methods/thread-section-update.ts"),
  "threadSection/delete": () => import("./methods/thread-section-delete.ts"),
  "thread/search": () => import("./methods/thread-search.ts"),
  "thread/searchOccurrences": () => import("./methods/thread-search-occurrences.ts"),
  "thread/loaded/list": () => import("./methods/thread-loaded-list.ts"),
  "thread/read": () => import("./methods/thread-read.ts"),
  "thread/readState/update": () => import("./methods/thread-read-state-update.ts"),
  "thread/turns/list": () => import("./methods/thread-turns-list.ts"),
  "thread/items/list": () => import("./methods/thread-items-list.ts"),
  "thread/items/read": () => import("./methods/thread-items-read.ts"),
  "thread/guardianReview": () => import("./methods/thread-guardian-review.ts"),
  "thread/inject_items": () => import("./methods/thread-inject-items.ts"),
  "thread/prepareApprovedPlan": () => import("./methods/thread-prepare-approved-plan.ts"),
  "skills/list": () => import("./methods/skills-list.ts"),
  "skills/extraRoots/set": () => import("./methods/skills-extra-roots-set.ts"),
  "hooks/list": () => import("./methods/hooks-list.ts"),
  "marketplace/add": () => import("./methods/marketplace-add.ts"),
  "marketplace/remove": () => import("./methods/marketplace-remove.ts"),
  "marketplace/upgrade": () => import("./methods/marketplace-upgrade.ts"),
  "plugin/list": () => import("./methods/plugin-list.ts"),
  "plugin/search": () => import("./methods/plugin-search.ts"),
  "plugin/installed": () => import("./methods/plugin-installed.ts"),
  "plugin/reconcile": () => import("./methods/plugin-reconcile.ts"),
  "plugin/read": () => import("./methods/plugin-read.ts"),
  "plugin/skill/read": () => import("./methods/plugin-skill-read.ts"),
  "plugin/share/save": () => import("./methods/plugin-share-save.ts"),
  "plugin/share/updateTargets": () => import("./methods/plugin-share-update-targets.ts"),
  "plugin/share/list": () => import("./methods/plugin-share-list.ts"),
  "plugin/share/checkout": () => import("./methods/plugin-share-checkout.ts"),
  "plugin/share/delete": () => import("./methods/plugin-share-delete.ts"),
  "app/read": () => import("./methods/app-read.ts"),
  "app/list": () => import("./methods/app-list.ts"),
  "app/installed": () => import("./methods/app-installed.ts"),
  "fs/readFile": () => import("./methods/fs-read-file.ts"),
  "fs/writeFile": () => import("./methods/fs-write-file.ts"),
  "fs/createDirectory": () => import("./methods/fs-create-directory.ts"),
  "fs/getMetadata": () => import("./methods/fs-get-metadata.ts"),
  "fs/readDirectory": () => import("./methods/fs-read-directory.ts"),
  "fs/remove": () => import("./methods/fs-remove.ts"),
  "fs/copy": () => import("./methods/fs-copy.ts"),
  "fs/watch": () => import("./methods/fs-watch.ts"),
  "fs/unwatch": () => import("./methods/fs-unwatch.ts"),
  "skills/config/write": () => import("./methods/skills-config-write.ts"),
  "plugin/install": () => import("./methods/plugin-install.ts"),
  "plugin/uninstall": () => import("./methods/plugin-uninstall.ts"),
  "turn/start": () => import("./methods/turn-start.ts"),
  "turn/settings/update": () => import("./methods/turn-settings-update.ts"),
  "turn/steer": () => import("./methods/turn-steer.ts"),
  "turn/interrupt": () => import("./methods/turn-interrupt.ts"),
  "thread/realtime/start": () => import("./methods/thread-realtime-start.ts"),
  "thread/realtime/appendAudio": () => import("./methods/thread-realtime-append-audio.ts"),
  "thread/realtime/appendText": () => import("./methods/thread-realtime-append-text.ts"),
  "thread/realtime/appendSpeech": () => import("./methods/thread-realtime-append-speech.ts"),
  "thread/realtime/stop": () => import("./methods/thread-realtime-stop.ts"),
  "thread/timeline/list": () => import("./methods/thread-timeline-list.ts"),
  "thread/realtime/listVoices": () => import("./methods/thread-realtime-list-voices.ts"),
  "review/start": () => import("./methods/review-start.ts"),
  "model/list": () => import("./methods/model-list.ts"),
  "account/gatewayOAuth/read": () => import("./methods/account-gateway-oauth-read.ts"),
  "account/gatewayOAuth/login": () => import("./methods/account-gateway-oauth-login.ts"),
  "account/gatewayOAuth/cancel": () => import("./methods/account-gateway-oauth-cancel.ts"),
  "modelProvider/list": () => import("./methods/model-provider-list.ts"),
  "modelProvider/config/write": () => import("./methods/model-provider-config-write.ts"),
  "modelProvider/capabilities/read": () => import("./methods/model-provider-capabilities-read.ts"),
  "experimentalFeature/list": () => import("./methods/experimental-feature-list.ts"),
  "permissionProfile/list": () => import("./methods/permission-profile-list.ts"),
  "experimentalFeature/enablement/set": () => import("./methods/experimental-feature-enablement-set.ts"),
  "remoteControl/enable": () => import("./methods/remote-control-enable.ts"),
  "remoteControl/disable": () => import("./methods/remote-control-disable.ts"),
  "remoteControl/status/read": () => import("./methods/remote-control-status-read.ts"),
  "remoteControl/pairing/start": () => import("./methods/remote-control-pairing-start.ts"),
  "remoteControl/pairing/status": () => import("./methods/remote-control-pairing-status.ts"),
  "remoteControl/client/list": () => import("./methods/remote-control-client-list.ts"),
  "remoteControl/client/revoke": () => import("./methods/remote-control-client-revoke.ts"),
  "collaborationMode/list": () => import("./methods/collaboration-mode-list.ts"),
  "mock/experimentalMethod": () => import("./methods/mock-experimental-method.ts"),
  "environment/add": () => import("./methods/environment-add.ts"),
  "environment/info": () => import("./methods/environment-info.ts"),
  "environment/status": () => import("./methods/environment-status.ts"),
  "mcpServer/oauth/login": () => import("./methods/mcp-server-oauth-login.ts"),
  "config/mcpServer/reload": () => import("./methods/config-mcp-server-reload.ts"),
  "mcpServerStatus/list": () => import("./methods/mcp-server-status-list.ts"),
  "mcpServer/resource/read": () => import("./methods/mcp-server-resource-read.ts"),
  "mcpServer/event/stream/start": () => import("./methods/mcp-server-event-stream-start.ts"),
  "mcpServer/event/stream/stop": () => import("./methods/mcp-server-event-stream-stop.ts"),
  "mcpServer/tool/call": () => import("./methods/mcp-server-tool-call.ts"),
  "windowsSandbox/setupStart": () => import("./methods/windows-sandbox-setup-start.ts"),
  "windowsSandbox/readiness": () => import("./methods/windows-sandbox-readiness.ts"),
  "account/login/start": () => import("./methods/account-login-start.ts"),
  "account/bedrock/discover": () => import("./methods/account-bedrock-discover.ts"),
  "account/bedrock/setup": () => import("./methods/account-bedrock-setup.ts"),
  "account/gcp/setup": () => import("./methods/account-gcp-setup.ts"),
  "account/bedrock/checkGovCloudRequirements": () =>
    import("./methods/account-bedrock-check-gov-cloud-requirements.ts"),
  "account/login/cancel": () => import("./methods/account-login-cancel.ts"),
  "accountSession/list": () => import("./methods/account-session-list.ts"),
  "accountSession/switch": () => import("./methods/account-session-switch.ts"),
  "account/logout": () => import("./methods/account-logout.ts"),
  "account/securitySetup/read": () => import("./methods/account-security-setup-read.ts"),
  "account/rateLimits/read": () => import("./methods/account-rate-limits-read.ts"),
  "account/rateLimitResetCredit/consume": () => import("./methods/account-rate-limit-reset-credit-consume.ts"),
  "account/usage/read": () => import("./methods/account-usage-read.ts"),
  "account/workspaceMessages/read": () => import("./methods/account-workspace-messages-read.ts"),
  "account/sendAddCreditsNudgeEmail": () => import("./methods/account-send-add-credits-nudge-email.ts"),
  "feedback/upload": () => import("./methods/feedback-upload.ts"),
  "feedback/save": () => import("./methods/feedback-save.ts"),
  "command/exec": () => import("./methods/command-exec.ts"),
  "command/exec/write": () => import("./methods/command-exec-write.ts"),
  "command/exec/terminate": () => import("./methods/command-exec-terminate.ts"),
  "command/exec/resize": () => import("./methods/command-exec-resize.ts"),
  "process/spawn": () => import("./methods/process-spawn.ts"),
  "process/writeStdin": () => import("./methods/process-write-stdin.ts"),
  "process/kill": () => import("./methods/process-kill.ts"),
  "process/resizePty": () => import("./methods/process-resize-pty.ts"),
  "config/read": () => import("./methods/config-read.ts"),
  "externalAgentConfig/detect": () => import("./methods/external-agent-config-detect.ts"),
  "externalAgentConfig/import": () => import("./methods/external-agent-config-import.ts"),
  "externalAgentConfig/import/recordHistory": () => import("./methods/external-agent-config-import-record-history.ts"),
  "externalAgentConfig/import/readHistories": () => import("./methods/external-agent-config-import-read-histories.ts"),
  "config/value/write": () => import("./methods/config-value-write.ts"),
  "config/batchWrite": () => import("./methods/config-batch-write.ts"),
  "configRequirements/read": () => import("./methods/config-requirements-read.ts"),
  "account/read": () => import("./methods/account-read.ts"),
  getConversationSummary: () => import("./methods/get-conversation-summary.ts"),
  gitDiffToRemote: () => import("./methods/git-diff-to-remote.ts"),
  getAuthStatus: () => import("./methods/get-auth-status.ts"),
  fuzzyFileSearch: () => import("./methods/fuzzy-file-search.ts"),
  "fuzzyFileSearch/sessionStart": () => import("./methods/fuzzy-file-search-session-start.ts"),
  "fuzzyFileSearch/sessionUpdate": () => import("./methods/fuzzy-file-search-session-update.ts"),
  "fuzzyFileSearch/sessionStop": () => import("./methods/fuzzy-file-search-session-stop.ts"),
} as const satisfies Record<Method, () => Promise<unknown>>;

export const isMethod = (name: string): name is Method => Object.hasOwn(schemas, name);

/** Those that need the client's consent to experimental parts, given in `initialize`. */
export const experimentalMethods: ReadonlySet<Method> = new Set<Method>([
  "server/diagnostics",
  "userVerification/status",
  "userVerification/enroll",
  "userVerification/delete",
  "userVerification/verify",
  "userVerification/cancel",
  "thread/sample",
  "thread/sample/cancel",
  "thread/increment_elicitation",
  "thread/decrement_elicitation",
  "thread/prediction/request",
  "thread/queue/add",
  "thread/queue/list",
  "thread/queue/update",
  "thread/queue/delete",
  "thread/queue/reorder",
  "thread/queue/start",
  "thread/settings/update",
  "thread/memoryMode/set",
  "thread/memory/read",
  "memory/status",
  "memory/reset",
  "rollout/compress",
  "thread/backgroundTerminals/clean",
  "thread/backgroundTerminals/list",
  "thread/backgroundTerminals/terminate",
  "project/list",
  "project/read",
  "project/create",
  "project/import",
  "project/update",
  "project/move",
  "project/delete",
  "thread/search",
  "thread/searchOccurrences",
  "thread/readState/update",
  "thread/items/read",
  "thread/guardianReview",
  "thread/prepareApprovedPlan",
  "plugin/search",
  "turn/settings/update",
  "thread/realtime/start",
  "thread/realtime/appendAudio",
  "thread/realtime/appendText",
  "thread/realtime/appendSpeech",
  "thread/realtime/stop",
  "thread/timeline/list",
  "thread/realtime/listVoices",
  "remoteControl/enable",
  "remoteControl/disable",
  "remoteControl/status/read",
  "remoteControl/pairing/start",
  "remoteControl/pairing/status",
  "remoteControl/client/list",
  "remoteControl/client/revoke",
  "collaborationMode/list",
  "mock/experimentalMethod",
  "environment/add",
  "environment/info",
  "environment/status",
  "mcpServer/event/stream/start",
  "mcpServer/event/stream/stop",
  "account/bedrock/discover",
  "account/bedrock/setup",
  "account/gcp/setup",
  "account/bedrock/checkGovCloudRequirements",
  "accountSession/list",
  "accountSession/switch",
  "process/spawn",
  "process/writeStdin",
  "process/kill",
  "process/resizePty",
  "fuzzyFileSearch/sessionStart",
  "fuzzyFileSearch/sessionUpdate",
  "fuzzyFileSearch/sessionStop",
]);
