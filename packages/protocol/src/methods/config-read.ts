import { Type as T, type Static } from "@sinclair/typebox";
import { AllOf, BigInt64, Defaulted, Experimental, Nullable, OptionalNull, Words } from "../schema.ts";
import { ConfigLayerMetadata, ConfigLayerSource } from "../config-layers.ts";
import { ApprovalsReviewer, AskForApproval, SandboxMode } from "../thread.ts";
import {
  AllowDenyRequirement,
  ForcedLoginMethod,
  JsonValue,
  ReasoningEffort,
  ReasoningSummary,
  WebSearchMode,
} from "../values.ts";

export const AnalyticsConfig = AllOf(
  [T.Object({ enabled: Nullable(T.Boolean()) }, { additionalProperties: true }), T.Record(T.String(), JsonValue)],
  { title: "AnalyticsConfig" },
);
export type AnalyticsConfig = Static<typeof AnalyticsConfig>;

export const AppToolApproval = Words(["auto", "prompt", "writes", "approve"], { title: "AppToolApproval" });
export type AppToolApproval = Static<typeof AppToolApproval>;

export const AppLinksConfig = T.Record(
  T.String(),
  T.Object(
    { approvals_reviewer: Nullable(ApprovalsReviewer), default_tools_approval_mode: Nullable(AppToolApproval) },
    { title: "AppLinkConfig", namedIn: "schemas" },
  ),
  { title: "AppLinksConfig" },
);
export type AppLinksConfig = Static<typeof AppLinksConfig>;

export const AppToolsConfig = T.Record(
  T.String(),
  T.Object(
    { enabled: Nullable(T.Boolean()), approval_mode: Nullable(AppToolApproval) },
    { title: "AppToolConfig", namedIn: "schemas" },
  ),
  { title: "AppToolsConfig" },
);
export type AppToolsConfig = Static<typeof AppToolsConfig>;

export const AppsDefaultConfig = T.Object(
  {
    enabled: Defaulted(T.Boolean(), true),
    approvals_reviewer: Nullable(ApprovalsReviewer),
    destructive_enabled: Defaulted(T.Boolean(), true),
    open_world_enabled: Defaulted(T.Boolean(), true),
    default_tools_approval_mode: Nullable(AppToolApproval),
  },
  { title: "AppsDefaultConfig" },
);
export type AppsDefaultConfig = Static<typeof AppsDefaultConfig>;

export const ToolExposureSurface = Words(["code_mode", "deferred", "direct"], { title: "ToolExposureSurface" });
export type ToolExposureSurface = Static<typeof ToolExposureSurface>;

export const AppsConfig = AllOf(
  [
    T.Object({ _default: Nullable(AppsDefaultConfig) }),
    T.Record(
      T.String(),
      T.Object(
        {
          enabled: Defaulted(T.Boolean(), true),
          omit_tools_from: Nullable(T.Array(ToolExposureSurface)),
          approvals_reviewer: Nullable(ApprovalsReviewer),
          destructive_enabled: Nullable(T.Boolean()),
          open_world_enabled: Nullable(T.Boolean()),
          default_tools_approval_mode: Nullable(AppToolApproval),
          default_tools_enabled: Nullable(T.Boolean()),
          tools: Nullable(AppToolsConfig),
          links: Nullable(AppLinksConfig),
        },
        { title: "AppConfig", namedIn: "schemas" },
      ),
    ),
  ],
  { title: "AppsConfig" },
);
export type AppsConfig = Static<typeof AppsConfig>;

export const AutoCompactTokenLimitScope = Words(["total", "body_after_prefix"], {
  title: "AutoCompactTokenLimitScope",
});
export type AutoCompactTokenLimitScope = Static<typeof AutoCompactTokenLimitScope>;

export const BrowserUseOriginPolicyConfig = T.Object(
  {
    access: Nullable(AllowDenyRequirement),
    downloads: Nullable(AllowDenyRequirement),
    uploads: Nullable(AllowDenyRequirement),
    full_cdp_access: Nullable(AllowDenyRequirement),
  },
  { title: "BrowserUseOriginPolicyConfig" },
);
export type BrowserUseOriginPolicyConfig = Static<typeof BrowserUseOriginPolicyConfig>;

export const BrowserUseConfig = T.Object(
  {
    allow_history_access: Nullable(T.Boolean()),
    default_origin_policy: Nullable(BrowserUseOriginPolicyConfig),
    origins: Nullable(T.Record(T.String(), BrowserUseOriginPolicyConfig)),
  },
  { title: "BrowserUseConfig" },
);
export type BrowserUseConfig = Static<typeof BrowserUseConfig>;

export const ComputerUseMacosConfig = T.Object(
  { bundle_ids: Nullable(T.Record(T.String(), AllowDenyRequirement)) },
  { title: "ComputerUseMacosConfig" },
);
export type ComputerUseMacosConfig = Static<typeof ComputerUseMacosConfig>;

export const ComputerUseWindowsExeConfig = T.Object(
  {
    publisher_name: T.String(),
    product_name: T.String(),
    binary_name: Nullable(T.String()),
    access: AllowDenyRequirement,
  },
  { title: "ComputerUseWindowsExeConfig" },
);
export type ComputerUseWindowsExeConfig = Static<typeof ComputerUseWindowsExeConfig>;

export const ComputerUseWindowsConfig = T.Object(
  {
    aumids: Nullable(T.Record(T.String(), AllowDenyRequirement)),
    exes: Nullable(T.Array(ComputerUseWindowsExeConfig)),
  },
  { title: "ComputerUseWindowsConfig" },
);
export type ComputerUseWindowsConfig = Static<typeof ComputerUseWindowsConfig>;

export const ComputerUseConfig = T.Object(
  {
    default_app_access: Nullable(AllowDenyRequirement),
    macos: Nullable(ComputerUseMacosConfig),
    windows: Nullable(ComputerUseWindowsConfig),
  },
  { title: "ComputerUseConfig" },
);
export type ComputerUseConfig = Static<typeof ComputerUseConfig>;

export const SandboxWorkspaceWrite = T.Object(
  {
    writable_roots: Defaulted(T.Array(T.String()), []),
    network_access: Defaulted(T.Boolean(), false),
    exclude_tmpdir_env_var: Defaulted(T.Boolean(), false),
    exclude_slash_tmp: Defaulted(T.Boolean(), false),
  },
  { title: "SandboxWorkspaceWrite" },
);
export type SandboxWorkspaceWrite = Static<typeof SandboxWorkspaceWrite>;

export const ForcedChatgptWorkspaceIds = T.Union([T.String(), T.Array(T.String())], {
  title: "ForcedChatgptWorkspaceIds",
});
export type ForcedChatgptWorkspaceIds = Static<typeof ForcedChatgptWorkspaceIds>;

export const WebSearchProvider = Words(["standalone", "search_mcp"], { title: "WebSearchProvider" });
export type WebSearchProvider = Static<typeof WebSearchProvider>;

export const WebSearchContextSize = Words(["low", "medium", "high"], { title: "WebSearchContextSize" });
export type WebSearchContextSize = Static<typeof WebSearchContextSize>;

export const WebSearchLocation = T.Object(
  {
    country: Nullable(T.String()),
    region: Nullable(T.String()),
    city: Nullable(T.String()),
    timezone: Nullable(T.String()),
  },
  { title: "WebSearchLocation", additionalProperties: false },
);
export type WebSearchLocation = Static<typeof WebSearchLocation>;

export const WebSearchToolConfig = T.Object(
  {
    context_size: Nullable(WebSearchContextSize),
    allowed_domains: Nullable(T.Array(T.String())),
    location: Nullable(WebSearchLocation),
  },
  { title: "WebSearchToolConfig", additionalProperties: false },
);
export type WebSearchToolConfig = Static<typeof WebSearchToolConfig>;

export const ToolsV2 = T.Object({ web_search: Nullable(WebSearchToolConfig) }, { title: "ToolsV2" });
export type ToolsV2 = Static<typeof ToolsV2>;

export const Verbosity = Words(["low", "medium", "high"], { title: "Verbosity" });
export type Verbosity = Static<typeof Verbosity>;

export const Config = AllOf(
  [
    T.Object(
      {
        model: Nullable(T.String()),
        review_model: Nullable(T.String()),
        model_context_window: Nullable(BigInt64),
        model_auto_compact_token_limit: Nullable(BigInt64),
        model_auto_compact_token_limit_scope: Nullable(AutoCompactTokenLimitScope),
        model_provider: Nullable(T.String()),
        approval_policy: Nullable(AskForApproval),
        approvals_reviewer: Nullable(ApprovalsReviewer),
        sandbox_mode: Nullable(SandboxMode),
        sandbox_workspace_write: Nullable(SandboxWorkspaceWrite),
        forced_chatgpt_workspace_id: Nullable(ForcedChatgptWorkspaceIds),
        forced_login_method: Nullable(ForcedLoginMethod),
        web_search: Nullable(WebSearchMode),
        client_search_provider: Nullable(WebSearchProvider),
        tools: Nullable(ToolsV2),
        instructions: Nullable(T.String()),
        developer_instructions: Nullable(T.String()),
        compact_prompt: Nullable(T.String()),
        model_reasoning_effort: Nullable(ReasoningEffort),
        model_reasoning_summary: Nullable(ReasoningSummary),
        model_verbosity: Nullable(Verbosity),
        service_tier: Nullable(T.String()),
        analytics: Nullable(AnalyticsConfig),
        apps: Experimental(Nullable(AppsConfig)),
        browser_use: Nullable(BrowserUseConfig),
        computer_use: Nullable(ComputerUseConfig),
        desktop: Nullable(T.Record(T.String(), JsonValue)),
      },
      { additionalProperties: true },
    ),
    T.Record(T.String(), JsonValue),
  ],
  { title: "Config" },
);
export type Config = Static<typeof Config>;

export const ConfigLayer = T.Object(
  { name: ConfigLayerSource, version: T.String(), config: JsonValue, disabledReason: Nullable(T.String()) },
  { title: "ConfigLayer" },
);
export type ConfigLayer = Static<typeof ConfigLayer>;

export const Params = T.Object(
  { includeLayers: T.Optional(T.Boolean()), cwd: OptionalNull(T.String()) },
  { title: "ConfigReadParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { config: Config, origins: T.Record(T.String(), ConfigLayerMetadata), layers: Nullable(T.Array(ConfigLayer)) },
  { title: "ConfigReadResponse" },
);
export type Result = Static<typeof Result>;
