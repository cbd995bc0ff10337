import { Type as T, type Static } from "@sinclair/typebox";
import { BigUint64, Defaulted, Experimental, NoParams, Nullable, Uint, Uint16, Words } from "../schema.ts";
import { ApprovalsReviewer, AskForApproval, SandboxMode } from "../thread.ts";
import {
  AllowDenyRequirement,
  ForcedLoginMethod,
  JsonValue,
  LegacyAppPathString,
  PathUri,
  ReasoningEffort,
  WebSearchMode,
} from "../values.ts";

export const Params = NoParams;
export type Params = Static<typeof Params>;

export const NetworkDomainPermission = Words(["allow", "deny"], { title: "NetworkDomainPermission" });
export type NetworkDomainPermission = Static<typeof NetworkDomainPermission>;

export const ApplicationNetworkRequirements = T.Object(
  { enabled: T.Boolean(), domains: T.Record(T.String(), NetworkDomainPermission) },
  { title: "ApplicationNetworkRequirements" },
);
export type ApplicationNetworkRequirements = Static<typeof ApplicationNetworkRequirements>;

export const ApplicationStorageRequirements = T.Object(
  { defaultProjectParent: Nullable(LegacyAppPathString), projectlessWorkspaceRoot: Nullable(LegacyAppPathString) },
  { title: "ApplicationStorageRequirements" },
);
export type ApplicationStorageRequirements = Static<typeof ApplicationStorageRequirements>;

export const ApplicationRequirements = T.Object(
  { network: Nullable(ApplicationNetworkRequirements), storage: Nullable(ApplicationStorageRequirements) },
  { title: "ApplicationRequirements" },
);
export type ApplicationRequirements = Static<typeof ApplicationRequirements>;

export const AutoReviewRequirements = T.Object(
  { requiredOnModels: Nullable(T.Array(T.String())), ignoreRules: Nullable(T.Array(T.String())) },
  { title: "AutoReviewRequirements" },
);
export type AutoReviewRequirements = Static<typeof AutoReviewRequirements>;

export const BrowserUseAccessApprovalLifetime = Words(["turn", "thread"], {
  title: "BrowserUseAccessApprovalLifetime",
});
export type BrowserUseAccessApprovalLifetime = Static<typeof BrowserUseAccessApprovalLifetime>;

export const RequestHeader = T.Object({ name: T.String(), value: T.String() }, { title: "RequestHeader" });
export type RequestHeader = Static<typeof RequestHeader>;

export const BrowserUseExtensionRequirements = T.Object(
  { requestHeaders: Nullable(T.Array(RequestHeader)) },
  { title: "BrowserUseExtensionRequirements" },
);
export type BrowserUseExtensionRequirements = Static<typeof BrowserUseExtensionRequirements>;

export const BrowserUseOriginPolicy = T.Object(
  {
    access: Nullable(AllowDenyRequirement),
    downloads: Nullable(AllowDenyRequirement),
    uploads: Nullable(AllowDenyRequirement),
    fullCdpAccess: Nullable(AllowDenyRequirement),
    autoReview: Nullable(AllowDenyRequirement),
    persistentApproval: Nullable(T.Boolean()),
    accessApprovalLifetime: Nullable(BrowserUseAccessApprovalLifetime),
  },
  { title: "BrowserUseOriginPolicy" },
);
export type BrowserUseOriginPolicy = Static<typeof BrowserUseOriginPolicy>;

export const BrowserUseRequirements = T.Object(
  {
    extension: Nullable(BrowserUseExtensionRequirements),
    allowWebmcp: Nullable(T.Boolean()),
    allowHistoryAccess: Nullable(T.Boolean()),
    disableAutoReview: Nullable(T.Boolean()),
    allowGlobalPersistentApproval: Nullable(T.Boolean()),
    defaultOriginPolicy: Nullable(BrowserUseOriginPolicy),
    origins: Nullable(T.Record(T.String(), BrowserUseOriginPolicy)),
  },
  { title: "BrowserUseRequirements" },
);
export type BrowserUseRequirements = Static<typeof BrowserUseRequirements>;

export const CliAuthCredentialsStoreMode = Words(["file", "keyring", "auto", "ephemeral"], {
  title: "CliAuthCredentialsStoreMode",
});
export type CliAuthCredentialsStoreMode = Static<typeof CliAuthCredentialsStoreMode>;

export const ComputerUseMacosRequirements = T.Object(
  { bundleIds: Nullable(T.Record(T.String(), AllowDenyRequirement)) },
  { title: "ComputerUseMacosRequirements" },
);
export type ComputerUseMacosRequirements = Static<typeof ComputerUseMacosRequirements>;

export const ComputerUseWindowsExeRequirement = T.Object(
  {
    publisherName: T.String(),
    productName: T.String(),
    binaryName: Nullable(T.String()),
    access: AllowDenyRequirement,
  },
  { title: "ComputerUseWindowsExeRequirement" },
);
export type ComputerUseWindowsExeRequirement = Static<typeof ComputerUseWindowsExeRequirement>;

export const ComputerUseWindowsRequirements = T.Object(
  {
    aumids: Nullable(T.Record(T.String(), AllowDenyRequirement)),
    exes: Nullable(T.Array(ComputerUseWindowsExeRequirement)),
  },
  { title: "ComputerUseWindowsRequirements" },
);
export type ComputerUseWindowsRequirements = Static<typeof ComputerUseWindowsRequirements>;

export const ComputerUseRequirements = T.Object(
  {
    allowLockedComputerUse: Nullable(T.Boolean()),
    allowPersistentApproval: Nullable(T.Boolean()),
    defaultAppAccess: Nullable(AllowDenyRequirement),
    macos: Nullable(ComputerUseMacosRequirements),
    windows: Nullable(ComputerUseWindowsRequirements),
  },
  { title: "ComputerUseRequirements" },
);
export type ComputerUseRequirements = Static<typeof ComputerUseRequirements>;

export const WindowsSandboxImplementation = Words(["elevated", "unelevated", "mxc"], {
  title: "WindowsSandboxImplementation",
});
export type WindowsSandboxImplementation = Static<typeof WindowsSandboxImplementation>;

export const InAppBrowserRequirements = T.Object(
  { allowExternalBrowserSettingsImport: Nullable(T.Boolean()) },
  { title: "InAppBrowserRequirements" },
);
export type InAppBrowserRequirements = Static<typeof InAppBrowserRequirements>;

export const ConfiguredHookHandler = T.Union(
  [
    T.Object({
      type: T.Literal("command"),
      command: T.String(),
      commandWindows: Nullable(T.String()),
      timeoutSec: Nullable(BigUint64),
      async: T.Boolean(),
      statusMessage: Nullable(T.String()),
      additionalContextLimit: Nullable(Uint),
    }),
    T.Object({
      type: T.Literal("mcp_tool"),
      server: T.String(),
      tool: T.String(),
      input: T.Record(T.String(), JsonValue),
      timeoutSec: Nullable(BigUint64),
      statusMessage: Nullable(T.String()),
    }),
    T.Object({ type: T.Literal("prompt") }),
    T.Object({ type: T.Literal("agent") }),
  ],
  { title: "ConfiguredHookHandler" },
);
export type ConfiguredHookHandler = Static<typeof ConfiguredHookHandler>;

export const ConfiguredHookMatcherGroup = T.Object(
  { matcher: Nullable(T.String()), hooks: T.Array(ConfiguredHookHandler) },
  { title: "ConfiguredHookMatcherGroup" },
);
export type ConfiguredHookMatcherGroup = Static<typeof ConfiguredHookMatcherGroup>;

export const ManagedHooksRequirements = T.Object(
  {
    PreModelRequest: Defaulted(T.Array(ConfiguredHookMatcherGroup), []),
    PostModelRequest: Defaulted(T.Array(ConfiguredHookMatcherGroup), []),
    managedDir: Nullable(T.String()),
    windowsManagedDir: Nullable(T.String()),
    PreToolUse: T.Array(ConfiguredHookMatcherGroup),
    PermissionRequest: T.Array(ConfiguredHookMatcherGroup),
    PostToolUse: T.Array(ConfiguredHookMatcherGroup),
    PreCompact: T.Array(ConfiguredHookMatcherGroup),
    PostCompact: T.Array(ConfiguredHookMatcherGroup),
    SessionStart: T.Array(ConfiguredHookMatcherGroup),
    SessionEnd: Defaulted(T.Array(ConfiguredHookMatcherGroup), []),
    UserPromptSubmit: T.Array(ConfiguredHookMatcherGroup),
    SubagentStart: T.Array(ConfiguredHookMatcherGroup),
    SubagentStop: T.Array(ConfiguredHookMatcherGroup),
    Stop: T.Array(ConfiguredHookMatcherGroup),
    Interrupt: Defaulted(T.Array(ConfiguredHookMatcherGroup), []),
  },
  { title: "ManagedHooksRequirements" },
);
export type ManagedHooksRequirements = Static<typeof ManagedHooksRequirements>;

export const ResidencyRequirement = Words(["us"], { title: "ResidencyRequirement" });
export type ResidencyRequirement = Static<typeof ResidencyRequirement>;

export const NetworkUnixSocketPermission = Words(["allow", "deny"], { title: "NetworkUnixSocketPermission" });
export type NetworkUnixSocketPermission = Static<typeof NetworkUnixSocketPermission>;

export const NetworkRequirements = T.Object(
  {
    enabled: Nullable(T.Boolean()),
    httpPort: Nullable(Uint16),
    socksPort: Nullable(Uint16),
    allowUpstreamProxy: Nullable(T.Boolean()),
    dangerouslyAllowNonLoopbackProxy: Nullable(T.Boolean()),
    dangerouslyAllowAllUnixSockets: Nullable(T.Boolean()),
    domains: Nullable(T.Record(T.String(), NetworkDomainPermission)),
    reviewDomains: Nullable(T.Array(T.String())),
    managedAllowedDomainsOnly: Nullable(T.Boolean()),
    allowedDomains: Nullable(T.Array(T.String())),
    deniedDomains: Nullable(T.Array(T.String())),
    unixSockets: Nullable(T.Record(T.String(), NetworkUnixSocketPermission)),
    allowUnixSockets: Nullable(T.Array(T.String())),
    allowLocalBinding: Nullable(T.Boolean()),
  },
  { title: "NetworkRequirements" },
);
export type NetworkRequirements = Static<typeof NetworkRequirements>;

export const NewThreadModelDefaults = T.Object(
  { model: Nullable(T.String()), modelReasoningEffort: Nullable(ReasoningEffort), serviceTier: Nullable(T.String()) },
  { title: "NewThreadModelDefaults" },
);
export type NewThreadModelDefaults = Static<typeof NewThreadModelDefaults>;

export const ModelsRequirements = T.Object(
  { newThread: Nullable(NewThreadModelDefaults) },
  { title: "ModelsRequirements" },
);
export type ModelsRequirements = Static<typeof ModelsRequirements>;

export const FeedbackRequirements = T.Object({ enabled: Nullable(T.Boolean()) }, { title: "FeedbackRequirements" });
export type FeedbackRequirements = Static<typeof FeedbackRequirements>;

export const OtelToolResultLogConfig = T.Object({ max_bytes: Uint }, { title: "OtelToolResultLogConfig" });
export type OtelToolResultLogConfig = Static<typeof OtelToolResultLogConfig>;

export const OtelHttpProtocol = Words(["binary", "json"], { title: "OtelHttpProtocol" });
export type OtelHttpProtocol = Static<typeof OtelHttpProtocol>;

export const OtelTlsConfig = T.Object(
  {
    "ca-certificate": Nullable(T.String()),
    "client-certificate": Nullable(T.String()),
    "client-private-key": Nullable(T.String()),
  },
  { title: "OtelTlsConfig" },
);
export type OtelTlsConfig = Static<typeof OtelTlsConfig>;

export const OtelExporter = T.Union(
  [
    Words(["none", "statsig"]),
    T.Object(
      {
        "otlp-http": T.Object({
          endpoint: T.String(),
          headers: T.Record(T.String(), T.String()),
          protocol: OtelHttpProtocol,
          tls: Nullable(OtelTlsConfig),
        }),
      },
      { additionalProperties: false },
    ),
    T.Object(
      {
        "otlp-grpc": T.Object({
          endpoint: T.String(),
          headers: T.Record(T.String(), T.String()),
          tls: Nullable(OtelTlsConfig),
        }),
      },
      { additionalProperties: false },
    ),
  ],
  { title: "OtelExporter" },
);
export type OtelExporter = Static<typeof OtelExporter>;

export const OtelRequirements = T.Object(
  {
    tool_result: Nullable(OtelToolResultLogConfig),
    log_sse_deltas: Nullable(T.Boolean()),
    log_user_prompt: Nullable(T.Boolean()),
    log_agent_responses: Nullable(T.Boolean()),
    log_guardian_assessments: Nullable(T.Boolean()),
    environment: Nullable(T.String()),
    exporter: Nullable(OtelExporter),
    trace_exporter: Nullable(OtelExporter),
    metrics_exporter: Nullable(OtelExporter),
    span_attributes: Nullable(T.Record(T.String(), T.String())),
    tracestate: Nullable(T.Record(T.String(), T.Record(T.String(), T.String()))),
  },
  { title: "OtelRequirements" },
);
export type OtelRequirements = Static<typeof OtelRequirements>;

export const ConfigRequirements = T.Object(
  {
    modelProvider: Nullable(T.String()),
    modelProviders: Nullable(T.Record(T.String(), JsonValue)),
    allowedLoginMethods: Nullable(T.Array(ForcedLoginMethod)),
    cliAuthCredentialsStore: Nullable(CliAuthCredentialsStoreMode),
    chatgptBaseUrl: Nullable(T.String()),
    additionalDeveloperInstructions: Nullable(T.String()),
    allowedApprovalPolicies: Nullable(T.Array(AskForApproval)),
    allowedApprovalsReviewers: Experimental(Nullable(T.Array(ApprovalsReviewer))),
    allowedSandboxModes: Nullable(T.Array(SandboxMode)),
    allowedWindowsSandboxImplementations: Nullable(T.Array(WindowsSandboxImplementation)),
    allowedPermissionProfiles: Nullable(T.Record(T.String(), T.Boolean())),
    defaultPermissions: Nullable(T.String()),
    allowedWebSearchModes: Nullable(T.Array(WebSearchMode)),
    allowManagedHooksOnly: Nullable(T.Boolean()),
    allowBrowserAndComputerUse: Nullable(T.Boolean()),
    allowAppshots: Nullable(T.Boolean()),
    allowRemoteControl: Nullable(T.Boolean()),
    computerUse: Nullable(ComputerUseRequirements),
    browserUse: Nullable(BrowserUseRequirements),
    inAppBrowser: Nullable(InAppBrowserRequirements),
    featureRequirements: Nullable(T.Record(T.String(), T.Boolean())),
    hooks: Experimental(Nullable(ManagedHooksRequirements)),
    enforceResidency: Nullable(ResidencyRequirement),
    network: Experimental(Nullable(NetworkRequirements)),
    application: Experimental(Nullable(ApplicationRequirements)),
    autoReview: Nullable(AutoReviewRequirements),
    models: Nullable(ModelsRequirements),
    sqliteHome: Nullable(PathUri),
    logDir: Nullable(PathUri),
    modelCatalogJson: Nullable(PathUri),
    checkForUpdateOnStartup: Nullable(T.Boolean()),
    allowLoginShell: Nullable(T.Boolean()),
    feedback: Nullable(FeedbackRequirements),
    otel: Nullable(OtelRequirements),
  },
  { title: "ConfigRequirements" },
);
export type ConfigRequirements = Static<typeof ConfigRequirements>;

export const Result = T.Object(
  { supportsIndependentSpeedModes: Nullable(T.Boolean()), requirements: Nullable(ConfigRequirements) },
  { title: "ConfigRequirementsReadResponse" },
);
export type Result = Static<typeof Result>;
