import type { ConfigTable } from "./config-value.ts";
import { featureTable, type FeatureName } from "./feature-table.ts";
import { defaults } from "./schema.ts";

// What `config/read` shows where no layer says anything. Source: the original 0.169.0, by asking it.

/** The features that a client may switch for as long as the process lives, and that are shown also where nobody sets them. */
export const switchableFeatures = [
  "api_key_cyber_access_programs",
  "api_key_model_discovery",
  "auth_elicitation",
  "background_paginated_rollout_migration",
  "codex_apps_mcp_2026_07_28",
  "daybreak_program_propagation",
  "mcp_2026_07_28",
  "mcp_connection_sharing",
  "mcp_lazy_stdio_startup",
  "memories",
  "mentions_v2",
  "remote_control",
  "remote_plugin",
  "tool_suggest",
  "windows_sandbox_service",
] as const satisfies readonly FeatureName[];

/** At the root, whatever the layers say. */
export const rootDefaults = {
  ...defaults,
  features: Object.fromEntries(switchableFeatures.map((name) => [name, featureTable[name].enabled])),
  marketplaces: {},
  mcp_servers: {},
  model_providers: {},
  plugins: {},
  profiles: {},
  shell_environment_policy: {},
} satisfies ConfigTable;

/** In a table that some layer has, by its path; `*` stands for a name of the user's own. */
export const tableDefaults: Readonly<Record<string, ConfigTable>> = {
  sandbox_workspace_write: {
    writable_roots: [],
    network_access: false,
    exclude_tmpdir_env_var: false,
    exclude_slash_tmp: false,
  },
  "model_providers.*": {
    wire_api: "responses",
    requires_openai_auth: false,
    supports_websockets: false,
    supports_standalone_web_search: false,
  },
  tui: {
    agents_overview_grouping: "project",
    alternate_screen: "auto",
    animations: true,
    auto_recap: true,
    collapse_turn_details: false,
    copy_on_select: "auto",
    copy_on_select_clear_selection: false,
    default_hosts: {},
    effects: { effort: true, progress: true, shimmer: true, starfield: true, title: true, welcome: true },
    fullscreen_transcript: true,
    model_availability_nux: {},
    notification_condition: "unfocused",
    notification_method: "auto",
    notifications: true,
    pet_anchor: "composer",
    presets: {},
    question_esc_back: true,
    raw_output_mode: false,
    rendering: { lists: true, math: true, mermaid: true, tables: true },
    right_click_paste: "auto",
    show_server_version_notice: true,
    show_tooltips: true,
    status_line_use_colors: true,
    vim_mode_default: false,
  },
};

/** Of an MCP server the original shows what is set, and these. */
export const serverDefaults: ConfigTable = { enabled: true, environment_id: "local" };
