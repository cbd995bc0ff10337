import type { Method } from "@codex/protocol/methods";
import type { Handler } from "./handler.ts";

/** One handler a method, loaded at its first use. Methods without one are in unavailable-methods.ts. */
export const handlers = {
  initialize: async () => (await import("./handlers/initialize.ts")).initialize,
  "thread/start": async () => (await import("./handlers/thread-start.ts")).threadStart,
  "thread/resume": async () => (await import("./handlers/thread-resume.ts")).threadResume,
  "thread/fork": async () => (await import("./handlers/thread-fork.ts")).threadFork,
  "thread/read": async () => (await import("./handlers/thread-read.ts")).threadRead,
  "thread/list": async () => (await import("./handlers/thread-list.ts")).threadList,
  "thread/name/set": async () => (await import("./handlers/thread-name-set.ts")).threadNameSet,
  "thread/turns/list": async () => (await import("./handlers/thread-turns-list.ts")).threadTurnsList,
  "thread/items/list": async () => (await import("./handlers/thread-items-list.ts")).threadItemsList,
  "thread/metadata/update": async () => (await import("./handlers/thread-metadata-update.ts")).threadMetadataUpdate,
  "thread/archive": async () => (await import("./handlers/thread-archive.ts")).threadArchive,
  "thread/unarchive": async () => (await import("./handlers/thread-unarchive.ts")).threadUnarchive,
  "thread/delete": async () => (await import("./handlers/thread-delete.ts")).threadDelete,
  "thread/revert": async () => (await import("./handlers/thread-revert.ts")).threadRevert,
  "thread/loaded/list": async () => (await import("./handlers/thread-loaded-list.ts")).threadLoadedList,
  "thread/unsubscribe": async () => (await import("./handlers/thread-unsubscribe.ts")).threadUnsubscribe,
  "thread/queue/add": async () => (await import("./handlers/thread-queue-add.ts")).threadQueueAdd,
  "thread/queue/list": async () => (await import("./handlers/thread-queue-list.ts")).threadQueueList,
  "thread/queue/update": async () => (await import("./handlers/thread-queue-update.ts")).threadQueueUpdate,
  "thread/queue/delete": async () => (await import("./handlers/thread-queue-delete.ts")).threadQueueDelete,
  "thread/queue/reorder": async () => (await import("./handlers/thread-queue-reorder.ts")).threadQueueReorder,
  "thread/queue/start": async () => (await import("./handlers/thread-queue-start.ts")).threadQueueStart,
  "turn/start": async () => (await import("./handlers/turn-start.ts")).turnStart,
  "turn/steer": async () => (await import("./handlers/turn-steer.ts")).turnSteer,
  "turn/settings/update": async () => (await import("./handlers/turn-settings-update.ts")).turnSettingsUpdate,
  "thread/settings/update": async () => (await import("./handlers/thread-settings-update.ts")).threadSettingsUpdate,
  "thread/compact/start": async () => (await import("./handlers/thread-compact-start.ts")).threadCompactStart,
  "thread/shellCommand": async () => (await import("./handlers/thread-shell-command.ts")).threadShellCommand,
  "thread/approveGuardianDeniedAction": async () =>
    (await import("./handlers/thread-approve-guardian-denied-action.ts")).threadApproveGuardianDeniedAction,
  "thread/goal/get": async () => (await import("./handlers/thread-goal-get.ts")).threadGoalGet,
  "thread/goal/clear": async () => (await import("./handlers/thread-goal-clear.ts")).threadGoalClear,
  "thread/inject_items": async () => (await import("./handlers/thread-inject-items.ts")).threadInjectItems,
  "thread/backgroundTerminals/list": async () =>
    (await import("./handlers/thread-background-terminals-list.ts")).threadBackgroundTerminalsList,
  "thread/backgroundTerminals/clean": async () =>
    (await import("./handlers/thread-background-terminals-clean.ts")).threadBackgroundTerminalsClean,
  "thread/backgroundTerminals/terminate": async () =>
    (await import("./handlers/thread-background-terminals-terminate.ts")).threadBackgroundTerminalsTerminate,
  "turn/interrupt": async () => (await import("./handlers/turn-interrupt.ts")).turnInterrupt,
  "command/exec": async () => (await import("./handlers/command-exec.ts")).commandExec,
  "command/exec/write": async () => (await import("./handlers/command-exec-write.ts")).commandExecWrite,
  "command/exec/resize": async () => (await import("./handlers/command-exec-resize.ts")).commandExecResize,
  "command/exec/terminate": async () => (await import("./handlers/command-exec-terminate.ts")).commandExecTerminate,
  "process/spawn": async () => (await import("./handlers/process-spawn.ts")).processSpawn,
  "process/writeStdin": async () => (await import("./handlers/process-write-stdin.ts")).processWriteStdin,
  "process/resizePty": async () => (await import("./handlers/process-resize-pty.ts")).processResizePty,
  "process/kill": async () => (await import("./handlers/process-kill.ts")).processKill,
  "fs/readFile": async () => (await import("./handlers/fs-read-file.ts")).fsReadFile,
  "fs/writeFile": async () => (await import("./handlers/fs-write-file.ts")).fsWriteFile,
  "fs/createDirectory": async () => (await import("./handlers/fs-create-directory.ts")).fsCreateDirectory,
  "fs/getMetadata": async () => (await import("./handlers/fs-get-metadata.ts")).fsGetMetadata,
  "fs/readDirectory": async () => (await import("./handlers/fs-read-directory.ts")).fsReadDirectory,
  "fs/remove": async () => (await import("./handlers/fs-remove.ts")).fsRemove,
  "fs/copy": async () => (await import("./handlers/fs-copy.ts")).fsCopy,
  "fs/watch": async () => (await import("./handlers/fs-watch.ts")).fsWatch,
  "fs/unwatch": async () => (await import("./handlers/fs-unwatch.ts")).fsUnwatch,
  fuzzyFileSearch: async () => (await import("./handlers/fuzzy-file-search.ts")).fuzzyFileSearch,
  "fuzzyFileSearch/sessionStart": async () =>
    (await import("./handlers/fuzzy-file-search-session-start.ts")).fuzzyFileSearchSessionStart,
  "fuzzyFileSearch/sessionUpdate": async () =>
    (await import("./handlers/fuzzy-file-search-session-update.ts")).fuzzyFileSearchSessionUpdate,
  "fuzzyFileSearch/sessionStop": async () =>
    (await import("./handlers/fuzzy-file-search-session-stop.ts")).fuzzyFileSearchSessionStop,
  gitDiffToRemote: async () => (await import("./handlers/git-diff-to-remote.ts")).gitDiffToRemote,
  "environment/info": async () => (await import("./handlers/environment-info.ts")).environmentInfo,
  "environment/status": async () => (await import("./handlers/environment-status.ts")).environmentStatus,
  "config/read": async () => (await import("./handlers/config-read.ts")).configRead,
  "config/value/write": async () => (await import("./handlers/config-value-write.ts")).configValueWrite,
  "config/batchWrite": async () => (await import("./handlers/config-batch-write.ts")).configBatchWrite,
  "config/mcpServer/reload": async () => (await import("./handlers/config-mcp-server-reload.ts")).configMcpServerReload,
  "configRequirements/read": async () =>
    (await import("./handlers/config-requirements-read.ts")).configRequirementsRead,
  "account/read": async () => (await import("./handlers/account-read.ts")).accountRead,
  "account/login/start": async () => (await import("./handlers/account-login-start.ts")).accountLoginStart,
  "account/login/cancel": async () => (await import("./handlers/account-login-cancel.ts")).accountLoginCancel,
  "account/logout": async () => (await import("./handlers/account-logout.ts")).accountLogout,
  "account/rateLimits/read": async () => (await import("./handlers/account-rate-limits-read.ts")).accountRateLimitsRead,
  getAuthStatus: async () => (await import("./handlers/get-auth-status.ts")).getAuthStatus,
  "model/list": async () => (await import("./handlers/model-list.ts")).modelList,
  "modelProvider/list": async () => (await import("./handlers/model-provider-list.ts")).modelProviderList,
  "modelProvider/capabilities/read": async () =>
    (await import("./handlers/model-provider-capabilities-read.ts")).modelProviderCapabilitiesRead,
  "modelProvider/config/write": async () =>
    (await import("./handlers/model-provider-config-write.ts")).modelProviderConfigWrite,
  "permissionProfile/list": async () => (await import("./handlers/permission-profile-list.ts")).permissionProfileList,
  "collaborationMode/list": async () => (await import("./handlers/collaboration-mode-list.ts")).collaborationModeList,
  "experimentalFeature/enablement/set": async () =>
    (await import("./handlers/experimental-feature-enablement-set.ts")).experimentalFeatureEnablementSet,
  "experimentalFeature/list": async () =>
    (await import("./handlers/experimental-feature-list.ts")).experimentalFeatureList,
  "hooks/list": async () => (await import("./handlers/hooks-list.ts")).hooksList,
  "plugin/list": async () => (await import("./handlers/plugin-list.ts")).pluginList,
  "plugin/installed": async () => (await import("./handlers/plugin-installed.ts")).pluginInstalled,
  "app/list": async () => (await import("./handlers/app-list.ts")).appList,
  "app/installed": async () => (await import("./handlers/app-installed.ts")).appInstalled,
  "mcpServerStatus/list": async () => (await import("./handlers/mcp-server-status-list.ts")).mcpServerStatusList,
  "mcpServer/oauth/login": async () => (await import("./handlers/mcp-server-oauth-login.ts")).mcpServerOauthLogin,
  "mock/experimentalMethod": async () =>
    (await import("./handlers/mock-experimental-method.ts")).mockExperimentalMethod,
  "remoteControl/status/read": async () =>
    (await import("./handlers/remote-control-status-read.ts")).remoteControlStatusRead,
  "windowsSandbox/readiness": async () =>
    (await import("./handlers/windows-sandbox-readiness.ts")).windowsSandboxReadiness,
  "userVerification/status": async () =>
    (await import("./handlers/user-verification-status.ts")).userVerificationStatus,
  "server/diagnostics": async () => (await import("./handlers/server-diagnostics.ts")).serverDiagnostics,
  "skills/list": async () => (await import("./handlers/skills-list.ts")).skillsList,
  "feedback/save": async () => (await import("./handlers/feedback-save.ts")).feedbackSave,
  "feedback/upload": async () => (await import("./handlers/feedback-upload.ts")).feedbackUpload,
  getConversationSummary: async () => (await import("./handlers/get-conversation-summary.ts")).getConversationSummary,
} satisfies { [M in Method]?: () => Promise<Handler<M>> };

export type Handlers = typeof handlers;

/** The handler of a method, where it has one. */
export function loadHandler<M extends Method>(method: M): (() => Promise<Handler<M>>) | undefined {
  const found: { readonly [N in Method]?: () => Promise<Handler<N>> } = handlers;
  return found[method];
}
