import {
  anything,
  either,
  flag,
  listOf,
  mapOf,
  nonzero,
  oneOf,
  openTable,
  path,
  table,
  text,
  u8,
  u64,
  usize,
} from "./key.ts";

const granularApproval = table(
  {
    granular: table(
      { sandbox_approval: flag, rules: flag, mcp_elicitations: flag, skill_approval: flag, request_permissions: flag },
      ["sandbox_approval", "rules", "mcp_elicitations"],
    ),
  },
  ["granular"],
);

const allowOrDeny = oneOf("allow", "deny");

const networkPermissions = table({
  enabled: flag,
  mode: oneOf("limited", "full"),
  proxy_url: text,
  enable_socks5: flag,
  socks_url: text,
  enable_socks5_udp: flag,
  allow_upstream_proxy: flag,
  dangerously_allow_non_loopback_proxy: flag,
  dangerously_allow_all_unix_sockets: flag,
  domains: mapOf(allowOrDeny),
  unix_sockets: anything,
  allow_local_binding: flag,
  mitm: table({ version: u8, hooks: anything, actions: anything }),
});

export const permissionProfile = table({
  description: text,
  extends: text,
  workspace_roots: mapOf(flag),
  filesystem: openTable({ glob_scan_max_depth: usize }, anything),
  network: networkPermissions,
});

/** What commands may do, and who is asked. */
export const safetyKeys = {
  approval_policy: either(oneOf("untrusted", "on-failure", "on-request", "never"), granularApproval),
  approvals_reviewer: oneOf("user", "auto_review", "guardian_subagent"),
  auto_review: table({
    policy: text,
    circuit_break_action: oneOf("default", "strict"),
    timeout_ms: u64,
    experimental_conversation_history_prompt: text,
    conversation_history_max_output_tokens: u64,
  }),
  sandbox_mode: oneOf("read-only", "workspace-write", "danger-full-access"),
  sandbox_workspace_write: table({
    writable_roots: listOf(path),
    network_access: flag,
    network_domains: mapOf(allowOrDeny),
    exclude_tmpdir_env_var: flag,
    exclude_slash_tmp: flag,
  }),
  sandbox: table({
    bwrap_path: path,
    fallback: oneOf("refuse", "landlock"),
    protected_names: listOf(text),
    protect_nested: flag,
    offer_grants: flag,
    approve_prefixes: flag,
    dangerous_commands: oneOf("ask", "ask-forced", "run"),
    untrusted_skills: oneOf("listed", "named"),
    recheck_trust: flag,
    quiet_profiles: flag,
    limits: table({ processes: nonzero, memory_mb: nonzero }),
  }),
  default_permissions: text,
  permissions: mapOf(permissionProfile),
  shell_environment_policy: table({
    inherit: oneOf("core", "all", "none"),
    ignore_default_excludes: flag,
    exclude: listOf(text),
    include_only: listOf(text),
    set: mapOf(text),
    filters: mapOf(oneOf("include", "exclude")),
    experimental_use_profile: flag,
  }),
  allow_login_shell: flag,
  projects: mapOf(table({ trust_level: oneOf("trusted", "untrusted") })),
  allow_symlinked_codex_home: flag,
  windows: table({ sandbox: oneOf("elevated", "unelevated", "mxc"), allow_mxc: flag }),
  browser_use: table({
    allow_history_access: flag,
    default_origin_policy: browserPolicy(),
    origins: mapOf(browserPolicy()),
  }),
  computer_use: table({
    default_app_access: allowOrDeny,
    macos: table({ bundle_ids: mapOf(allowOrDeny) }),
    windows: table({
      aumids: mapOf(allowOrDeny),
      exes: listOf(table({ publisher_name: text, product_name: text, binary_name: text, access: allowOrDeny })),
    }),
  }),
} as const;

function browserPolicy() {
  return table({ access: allowOrDeny, downloads: allowOrDeny, uploads: allowOrDeny, full_cdp_access: allowOrDeny });
}
