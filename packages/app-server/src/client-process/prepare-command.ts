import type { LoadedConfig } from "@codex/config/load-config";
import type { EngineHost } from "@codex/core/engine-host";
import { networkRules } from "@codex/core/network/network-rules";
import { pathKind, realPath } from "@codex/platform/read-file";
import { resolveName } from "@codex/platform/resolve-name";
import { type CodexError, fail } from "@codex/protocol/errors";
import type { Params } from "@codex/protocol/methods";
import { err, ok, type Result } from "@codex/protocol/result";
import type { SandboxPolicy } from "@codex/protocol/thread";
import { sandboxEnvironment } from "@codex/sandbox/environment";
import type { Confined } from "@codex/sandbox/launcher";
import { choosePermissions, type Permissions } from "@codex/sandbox/permissions/choose-permissions";
import { refusedOverride } from "@codex/sandbox/permissions/demands";
import { sessionRules } from "@codex/sandbox/permissions/file-rules";
import { resolve } from "node:path";
import { withOverrides, withTools } from "./client-environment.ts";

type Wish = Pick<Params<"command/exec">, "command" | "cwd" | "env" | "sandboxPolicy" | "permissionProfile">;

/** What to spawn so that a client's command runs confined, by the config of its folder or as the client says. */
export async function prepareCommand(wish: Wish, tty: boolean, host: EngineHost): Promise<Result<Confined>> {
  const cwd = resolve(host.cwd, wish.cwd ?? "");
  const name = wish.permissionProfile ?? undefined;
  if (name !== undefined && wish.sandboxPolicy) {
    return err(fail("refusedParams", "`permissionProfile` cannot be combined with `sandboxPolicy`"));
  }
  if (pathKind(cwd) !== "directory") return err(fail("notStarted", "command", noSuchFile));
  const loaded = await loadWith(name, cwd, host);
  if (!loaded.ok) return loaded;
  const permissions = permissionsOf(wish.sandboxPolicy ?? undefined, name, loaded.value, host);
  if (!permissions.ok) return permissions;
  const { policy } = permissions.value;
  const hosts = networkRules(loaded.value.config, permissions.value);
  if (!hosts.ok) return hosts;
  const rules = hosts.value;
  const isCutOff = rules === undefined && "networkAccess" in policy && policy.networkAccess === false;
  const env = sandboxEnvironment(host.env, loaded.value.config.shell_environment_policy, isCutOff);
  const root = realPath(cwd) ?? cwd;
  return host.commands.launcher.prepare(
    { argv: wish.command, cwd, env: withOverrides(withTools(env, host.commands.toolFolder), wish.env), tty },
    {
      policy,
      // Where nothing can be written the folder is no workspace, and may be the system's own.
      workspaceRoots: policy.type === "readOnly" ? [] : [root],
      rules: sessionRules(permissions.value, [root]),
      // Nobody is asked here: what no rule allows is denied.
      gate: rules && { rules, resolve: resolveName, ask: () => Promise.resolve("deny"), onBlocked: () => undefined },
    },
  );
}

const noSuchFile = "No such file or directory (os error 2)";

/** The config of the folder, with a permission profile in place of what it says. */
async function loadWith(name: string | undefined, cwd: string, host: EngineHost): Promise<Result<LoadedConfig>> {
  if (name === undefined) return host.loadConfig(cwd, {});
  const loaded = await host.loadConfig(cwd, { default_permissions: name });
  if (loaded.ok) return loaded;
  const without = await host.loadConfig(cwd, {});
  return without.ok ? err(invalidProfile(loaded.error.message)) : without;
}

const invalidProfile = (why: string): CodexError =>
  fail("refusedParams", `invalid permission profile: ${why.replace(/^(?:Error|failed to load configuration): /, "")}`);

/** Nothing that an administrator does not allow takes place, whoever asks for it. */
function permissionsOf(
  asked: SandboxPolicy | undefined,
  name: string | undefined,
  loaded: LoadedConfig,
  { env }: EngineHost,
): Result<Permissions> {
  const configured = choosePermissions(loaded, undefined, env);
  if (name !== undefined) {
    const problem = configured.ok ? configured.value.warnings[0] : configured.error.message;
    if (problem !== undefined) return err(invalidProfile(problem));
  }
  if (!configured.ok || asked === undefined) return configured;
  const refused = refusedOverride({ sandboxPolicy: asked }, loaded);
  if (refused !== undefined) return err(fail("refusedParams", refused));
  return ok({ ...configured.value, policy: asked, profile: undefined });
}
