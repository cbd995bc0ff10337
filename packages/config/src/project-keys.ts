import type { ConfigTable } from "./config-value.ts";

/**
 * Keys that mean nothing in a project's own file, trusted or not: whoever writes a repository must not choose
 * where requests and keys go, which program runs outside the sandbox, who signs in, or what is trusted.
 * The first group is the original's; the second it still takes from projects.
 */
const projectIgnoredKeys = [
  "openai_base_url",
  "chatgpt_base_url",
  "apps_mcp_product_sku",
  "responses_api_metadata",
  "model_provider",
  "model_providers",
  "notify",
  "experimental_realtime_ws_base_url",
  "experimental_realtime_webrtc_call_base_url",
  "otel",
  "profile",
  "profiles",

  "oss_provider",
  "cli_auth_credentials_store",
  "mcp_oauth_credentials_store",
  "mcp_oauth_callback_url",
  "mcp_oauth_callback_port",
  "mcp_enterprise_managed_auth",
  "forced_login_method",
  "forced_chatgpt_workspace_id",
  "projects",
  "approvals_reviewer",
  "auto_review",
  "sandbox",
  "project_root_markers",
  "analytics",
  "feedback",
  "marketplaces",
  "sqlite_home",
  "log_dir",
  "model_catalog_json",
  "allow_symlinked_codex_home",
  "check_for_update_on_startup",
] as const;

const ignored: ReadonlySet<string> = new Set(projectIgnoredKeys);

/** A project's table without what a project may not say, and the names of what was left out. */
export function splitProjectKeys(table: ConfigTable): {
  readonly kept: ConfigTable;
  readonly ignored: readonly string[];
} {
  const entries = Object.entries(table);
  return {
    kept: Object.fromEntries(entries.filter(([key]) => !ignored.has(key))),
    ignored: entries.map(([key]) => key).filter((key) => ignored.has(key)),
  };
}
