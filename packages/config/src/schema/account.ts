import { either, flag, listOf, oneOf, path, table, text, u64, usize } from "./key.ts";

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

/** Kept so that an older file still loads; `profile` and `profiles` are refused with the way out (`profile.ts`). */
export const retiredKeys = {
  profile: text,
  js_repl_node_path: path,
  js_repl_node_module_dirs: listOf(path),
  ghost_snapshot: table({
    disable_warnings: flag,
    ignore_large_untracked_files: either(flag, usize),
    ignore_large_untracked_dirs: either(flag, usize),
  }),
} as const;
