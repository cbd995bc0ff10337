import { codexHome } from "@codex/config/codex-home";
import { loadConfig } from "@codex/config/load-config";
import { blockedSentence } from "@codex/core/network/blocked-sentence";
import { networkRules } from "@codex/core/network/network-rules";
import { currentEnvironment } from "@codex/platform/env";
import { onSignal } from "@codex/platform/on-signal";
import { spawnForeground, type ForegroundChild } from "@codex/platform/process";
import { pathKind, realPath } from "@codex/platform/read-file";
import { resolveName } from "@codex/platform/resolve-name";
import { stdio } from "@codex/platform/stdio";
import { fail } from "@codex/protocol/errors";
import { err, type Result } from "@codex/protocol/result";
import type { SandboxPolicy } from "@codex/protocol/thread";
import { sandboxEnvironment } from "@codex/sandbox/environment";
import type { Confined } from "@codex/sandbox/launcher";
import type { DomainRules } from "@codex/sandbox/network/domain-rules";
import type { NetworkGate } from "@codex/sandbox/network/network-gate";
import { choosePermissions } from "@codex/sandbox/permissions/choose-permissions";
import { fileRules } from "@codex/sandbox/permissions/file-rules";
import { resolve } from "node:path";
import { commandWorld } from "./command-world.ts";
import type { ExecFlags } from "./commands/exec-options.ts";
import { loadInput } from "./load-input.ts";
import { refuse } from "./refuse.ts";

export type SandboxPlatform = "linux" | "macos" | "windows";

export type SandboxFlags = ExecFlags & { permissionProfile?: string; fullAuto?: boolean; logDenials?: boolean };

/** `codex sandbox`: runs a command as the config confines the model's, on our own standard streams. Its exit code, or 1. */
export async function runSandbox(
  argv: readonly string[],
  flags: SandboxFlags,
  platform: SandboxPlatform | undefined,
): Promise<number> {
  if (argv.length === 0) return refuse(fail("usage", "Error: sandbox command must not be empty"));
  if (platform !== undefined && platform !== platforms[process.platform]) {
    return refuse(
      fail("usage", `Error: \`codex sandbox ${platform}\` runs on ${platform} only; use \`codex sandbox\`.`),
    );
  }
  const confined = await prepare(argv, flags);
  if (!confined.ok) return refuse(confined.error);
  if (flags.logDenials)
    stdio.err(`codex sandbox: ${whereDenialsAre()}
`);
  if (confined.value.notice !== undefined) stdio.err(`codex sandbox: ${confined.value.notice}\n`);
  try {
    const child = spawnForeground(confined.value);
    if (!child.ok)
      return refuse(fail("usage", `Error: ${confined.value.argv[0]} could not be started: ${child.error}`));
    return await codeOf(child.value);
  } finally {
    confined.value.dispose();
  }
}

const whereDenialsAre = (): string =>
  process.platform === "darwin"
    ? `macOS logs what it denies: log show --last 5m --predicate 'sender == "Sandbox"'`
    : "nothing logs denials here; the command's own errors name them";

const platforms: { readonly [name: string]: SandboxPlatform | undefined } = {
  linux: "linux",
  darwin: "macos",
  win32: "windows",
};

async function prepare(argv: readonly string[], flags: SandboxFlags): Promise<Result<Confined>> {
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return home;
  const cwd = resolve(flags.cd ?? ".");
  if (pathKind(cwd) !== "directory") return err(fail("usage", `Error: --cd ${cwd} is not a directory.`));
  const loaded = await loadConfig(loadInput(withProfile(flags), home.value, cwd, env));
  if (!loaded.ok) return loaded;
  const { config, warnings } = loaded.value;
  for (const { message } of warnings) stdio.err(`warning: ${message}\n`);
  const permissions = choosePermissions(loaded.value, undefined, env);
  if (!permissions.ok) return permissions;
  const { policy, profile } = permissions.value;
  const hosts = networkRules(config, permissions.value);
  if (!hosts.ok) return hosts;
  const gate = hosts.value && gateOf(hosts.value);
  const roots = [cwd, ...(flags.addDir ?? []).map((folder) => resolve(folder))].map((root) => realPath(root) ?? root);
  const command = {
    argv,
    cwd,
    env: sandboxEnvironment(env, config.shell_environment_policy, gate === undefined && isCutOff(policy)),
    tty: false,
  };
  return commandWorld(home.value, env, config.sandbox).launcher.prepare(command, {
    policy,
    workspaceRoots: roots,
    gate,
    rules: profile && fileRules(profile, roots),
  });
}

/** The options that are short for a setting. */
function withProfile(flags: SandboxFlags): SandboxFlags {
  const { permissionProfile: name, config = [] } = flags;
  if (name !== undefined) return { ...flags, config: [...config, `default_permissions=${JSON.stringify(name)}`] };
  return flags.fullAuto ? { ...flags, sandbox: "workspace-write" } : flags;
}

/** Nobody is asked here: what no rule allows is denied, and said. */
const gateOf = (rules: DomainRules): NetworkGate => ({
  rules,
  resolve: resolveName,
  ask: () => Promise.resolve("deny"),
  onBlocked: (request, block) => void stdio.err(`codex sandbox: ${blockedSentence(request, block)}\n`),
});

const isCutOff = (policy: SandboxPolicy): boolean => "networkAccess" in policy && policy.networkAccess === false;

/** A signal to us is one to the command. From a terminal it has had it already; without the sandbox it may go on. */
async function codeOf(child: ForegroundChild): Promise<number> {
  const stop = onSignal((signal) => child.kill(signal));
  try {
    return await child.exited;
  } finally {
    stop();
  }
}
