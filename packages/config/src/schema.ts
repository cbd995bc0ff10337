import { accountKeys, legacyProfileKeys, retiredKeys } from "./schema/account.ts";
import { interfaceKeys } from "./schema/interface.ts";
import { table, type ValueOf } from "./schema/key.ts";
import { mcpKeys } from "./schema/mcp.ts";
import { instructionKeys, modelKeys, realtimeKeys } from "./schema/model.ts";
import { providerKeys, type providerKey } from "./schema/provider.ts";
import { safetyKeys } from "./schema/safety.ts";
import { telemetryKeys } from "./schema/telemetry.ts";
import { agentKeys, extensionKeys, toolKeys } from "./schema/tools.ts";

/** Every key config.toml knows, by subject. */
export const configSchema = table({
  ...modelKeys,
  ...instructionKeys,
  ...providerKeys,
  ...safetyKeys,
  ...accountKeys,
  ...mcpKeys,
  ...toolKeys,
  ...agentKeys,
  ...extensionKeys,
  ...interfaceKeys,
  ...telemetryKeys,
  ...realtimeKeys,
  ...retiredKeys,
  ...legacyProfileKeys,
});

/** One layer's worth of settings: anything may be unset. */
export type PartialConfig = ValueOf<typeof configSchema>;

/** A model provider as config.toml describes it. */
export type ProviderConfig = ValueOf<typeof providerKey>;

/** What holds where no layer says otherwise. */
export const defaults = {
  include_permissions_instructions: true,
  include_apps_instructions: true,
  include_collaboration_mode_instructions: true,
  include_environment_context: true,
  include_environment_context_time: true,
  cli_auth_credentials_store: "file",
  mcp_oauth_credentials_store: "auto",
  project_doc_max_bytes: 32_768,
  project_doc_fallback_filenames: [],
  project_root_markers: [".git"],
  allow_login_shell: true,
  background_terminal_max_timeout: 300_000,
  file_opener: "vscode",
  hide_agent_reasoning: false,
  chatgpt_base_url: "https://chatgpt.com/backend-api/",
  history: { persistence: "save-all" },
} satisfies PartialConfig;

/** The settings of a run: every layer merged over the defaults, names as in config.toml. */
export type Config = PartialConfig & { readonly [K in keyof typeof defaults]: NonNullable<PartialConfig[K]> };
