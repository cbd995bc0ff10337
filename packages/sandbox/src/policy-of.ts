import type { Config } from "@codex/config/schema";
import type { SandboxMode, SandboxPolicy } from "@codex/protocol/thread";

/** The policy of a mode, with what the config says about workspace-write. */
export function policyOf(mode: SandboxMode, config: Pick<Config, "sandbox_workspace_write">): SandboxPolicy {
  const settings = config.sandbox_workspace_write ?? {};
  switch (mode) {
    case "read-only":
      return { type: "readOnly", networkAccess: false };
    case "danger-full-access":
      return { type: "dangerFullAccess" };
    case "workspace-write":
      return {
        type: "workspaceWrite",
        writableRoots: [...(settings.writable_roots ?? [])],
        networkAccess: settings.network_access ?? false,
        excludeTmpdirEnvVar: settings.exclude_tmpdir_env_var ?? false,
        excludeSlashTmp: settings.exclude_slash_tmp ?? false,
      };
  }
}
