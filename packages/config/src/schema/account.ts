import { anything, either, flag, i64, listOf, mapOf, oneOf, path, table, text, u64, usize } from "./key.ts";

/** Credentials, what is kept on disk and for how long. */
export const accountKeys = {
  cli_auth_credentials_store: oneOf("file", "keyring", "auto", "ephemeral"),
  forced_login_method: oneOf("chatgpt", "api"),
  forced_chatgpt_workspace_id: either(text, listOf(text)),
  history: table({ persistence: oneOf("save-all", "none"), max_bytes: usize }),
  sqlite_home: path,
  log_dir: path,
  thread_unload_delay_secs: u64,
  background_terminal_max_timeout: u64,
  experimental_thread_store: table({ type: oneOf("local", "in_memory") }),
  experimental_thread_store_endpoint: text,
} as const;

/** Keys of earlier versions: they load, and nothing follows from them. */
export const retiredKeys = {
  js_repl_node_path: path,
  js_repl_node_module_dirs: listOf(path),
  ghost_snapshot: table({
    disable_warnings: flag,
    ignore_large_untracked_files: i64,
    ignore_large_untracked_dirs: i64,
  }),
  personality: oneOf("none", "friendly", "pragmatic"),
} as const;

export const retiredKeyNames = Object.keys(retiredKeys);

/** Profiles as they once were; refused with the way out (`profile.ts`). */
export const legacyProfileKeys = { profile: text, profiles: mapOf(mapOf(anything)) } as const;
