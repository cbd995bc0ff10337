import { codexHome } from "@codex/config/codex-home";
import { loadConfig } from "@codex/config/load-config";
import type { RuleFolders } from "@codex/config/rule-folders";
import { blockedSentence } from "@codex/core/network/blocked-sentence";
import { networkRules } from "@codex/core/network/network-rules";
import { currentEnvironment, homeFolder, type Environment } from "@codex/platform/env";
import { onSignal } from "@codex/platform/on-signal";
import { spawnForeground, type ForegroundChild } from "@codex/platform/process";
import { pathKind, realPath } from "@codex/platform/read-file";
import { resolveName } from "@codex/platform/resolve-name";
import { stdio } from "@codex/platform/stdio";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import type { SandboxPolicy } from "@codex/protocol/thread";
import { sandboxEnvironment } from "@codex/sandbox/environment";
import type { Command, Session } from "@codex/sandbox/launcher";
import type { DomainRules } from "@codex/sandbox/network/domain-rules";
import type { NetworkGate } from "@codex/sandbox/network/network-gate";
import { withNetworkRules } from "@codex/sandbox/network/with-network-rules";
import { choosePermissions, type Permissions } from "@codex/sandbox/permissions/choose-permissions";
import { refusedPolicy, type Demands } from "@codex/sandbox/permissions/demands";
import { nearestPolicy, sessionRules } from "@codex/sandbox/permissions/file-rules";
import { readSandboxState, type SandboxState } from "@codex/sandbox/permissions/read-sandbox-state";
import { describeDamage } from "@codex/sandbox/rules/loaded-rules";
import { openRules } from "@codex/sandbox/rules/open-rules";
import { rememberRoute, type RouteMemory } from "@codex/sandbox/route-memory";
import type { SandboxSettings } from "@codex/sandbox/settings";
import { join, resolve } from "node:path";
import { commandWorld } from "./command-world.ts";
import type { ExecFlags } from "./commands/exec-options.ts";
import { loadInput } from "./load-input.ts";
import { refuse } from "./refuse.ts";

export type SandboxPlatform = "linux" | "macos" | "windows";

export type SandboxFlags = ExecFlags & {
  permissionProfile?: string;
  fullAuto?: boolean;
  logDenials?: boolean;
  sandboxStateJson?: string;
  sandboxStateReadableRoot?: string[];
  sandboxStateDisableNetwork?: boolean;
};

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
  const planned = await plan(argv, flags);
  if (!planned.ok) return refuse(planned.error);
  if (flags.logDenials)
    stdio.err(`codex sandbox: ${whereDenialsAre()}
`);
  const memory = rememberRoute(planned.value.codexHome);
  const code = await runOnce(planned.value, memory);
  if (code !== "not begun") return code;
  // What was remembered no longer holds: nothing has run, and without memory the way is looked for anew.
  memory.forget();
  return Number(await runOnce(planned.value, undefined));
}

/** Its exit code; "not begun" only where a memory was used. */
async function runOnce(planned: Planned, memory: RouteMemory | undefined): Promise<number | "not begun"> {
  const { codexHome, env, settings, command, session } = planned;
  const { launcher } = commandWorld(codexHome, env, settings, undefined, memory);
  const confined = await launcher.prepare(command, session);
  if (!confined.ok) return refuse(confined.error);
  const { argv, notice, begun, dispose } = confined.value;
  if (notice !== undefined) stdio.err(`codex sandbox: ${notice}\n`);
  try {
    const child = spawnForeground(confined.value);
    if (!child.ok) return refuse(fail("usage", `Error: ${argv[0]} could not be started: ${child.error}`));
    const code = await codeOf(child.value);
    // Killed it may have run: then its code is another.
    return code === bubblewrapFailed && begun?.() === false ? "not begun" : code;
  } finally {
    dispose();
  }
}

const bubblewrapFailed = 1;

const whereDenialsAre = (): string =>
  process.platform === "darwin"
    ? `macOS logs what it denies: log show --last 5m --predicate 'sender == "Sandbox"'`
    : "nothing logs denials here; the command's own errors name them";

const platforms: { readonly [name: string]: SandboxPlatform | undefined } = {
  linux: "linux",
  darwin: "macos",
  win32: "windows",
};

type Planned = {
  readonly codexHome: string;
  readonly env: Environment;
  readonly settings: SandboxSettings | undefined;
  readonly command: Command;
  readonly session: Session;
};

async function plan(argv: readonly string[], flags: SandboxFlags): Promise<Result<Planned>> {
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return home;
  const state = readState(flags);
  if (!state.ok) return err(fail("usage", `Error: ${state.error}`));
  const cwd = state.value?.cwd ?? resolve(flags.cd ?? ".");
  if (pathKind(cwd) !== "directory") return err(fail("usage", `Error: --cd ${cwd} is not a directory.`));
  const loaded = await loadConfig(loadInput(withProfile(flags), home.value, cwd, env));
  if (!loaded.ok) return loaded;
  const { config, warnings } = loaded.value;
  const permissions = state.value
    ? heldState(state.value, loaded.value, env)
    : choosePermissions(loaded.value, undefined, env);
  if (!permissions.ok) return permissions;
  const { policy, warnings: heldBack } = permissions.value;
  for (const message of [...warnings.map((each) => each.message), ...heldBack]) stdio.err(`warning: ${message}\n`);
  // A state says by itself whether there is network: rules for hosts narrow it, and never open it.
  const isShut = state.value?.profile.network === false;
  const ruled = state.value ? { ...permissions.value, profile: undefined } : permissions.value;
  const hosts = isShut ? ok(undefined) : networkRules(config, ruled);
  if (!hosts.ok) return hosts;
  const gate = hosts.value && gateOf(await withFilesOfRules(hosts.value, loaded.value.rules, home.value, env));
  const roots = [cwd, ...(flags.addDir ?? []).map((folder) => resolve(folder))].map((root) => realPath(root) ?? root);
  const command = {
    argv,
    cwd,
    env: sandboxEnvironment(env, config.shell_environment_policy, gate === undefined && isCutOff(policy)),
    tty: false,
  };
  const session = { policy, workspaceRoots: roots, gate, rules: sessionRules(permissions.value, roots) };
  return ok({ codexHome: home.value, env, settings: config.sandbox, command, session });
}

/** What `--sandbox-state-*` say; undefined where they say nothing. The error is a sentence. */
function readState(flags: SandboxFlags): Result<SandboxState | undefined, string> {
  const { sandboxStateJson: text, sandboxStateReadableRoot: readable = [], sandboxStateDisableNetwork: cut } = flags;
  if (text === undefined) return ok(undefined);
  const state = readSandboxState(text);
  if (!state.ok) return err(`invalid --sandbox-state-json value: ${state.error}`);
  const { cwd, profile } = state.value;
  if (cut && profile.unconfined) {
    return err("--sandbox-state-disable-network cannot be applied to a disabled permission profile");
  }
  const added = readable.map((path) => ({ place: "path", path: resolve(path), access: "read" }) as const);
  // Before what the state says of the same place: reading is added, nothing is taken away.
  const entries = [...added, ...profile.entries];
  return ok({ cwd, profile: { ...profile, entries, network: profile.network && !cut } });
}

/** The administrator's demands hold for a state as for every other choice. */
function heldState({ profile }: SandboxState, demands: Demands, env: Environment): Result<Permissions> {
  const policy = nearestPolicy(profile);
  const refused = refusedPolicy(policy, demands);
  return refused === undefined
    ? ok({ policy, profile: { ...profile, tmpdir: env.TMPDIR }, demands, warnings: [] })
    : err(fail("usage", `Error: ${refused}`));
}

/** With `network_rule` of the files of rules, as for the model's commands. */
async function withFilesOfRules(
  hosts: DomainRules,
  folders: RuleFolders,
  home: string,
  env: Environment,
): Promise<DomainRules> {
  const book = openRules({ ...folders, amended: join(home, "rules"), home: homeFolder(env) });
  const { rules, damaged } = await book.current();
  for (const damage of damaged) stdio.err(`warning: ${describeDamage(damage)}\n`);
  return withNetworkRules(hosts, rules.networks);
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
