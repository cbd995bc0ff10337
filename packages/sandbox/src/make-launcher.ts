import { isAbsolute, join } from "node:path";
import { keepLink } from "@codex/platform/keep-link";
import { memoryFile } from "@codex/platform/memory-file";
import { onExit } from "@codex/platform/on-exit";
import type { CodexError } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { hasBegun } from "./bubblewrap.ts";
import { findRoute, launchOn, type Route, type RouteName } from "./find-route.ts";
import { landlockAlone, landlockNotice } from "./landlock-alone.ts";
import type { Command, Confined, Launcher, Session } from "./launcher.ts";
import { withLimits } from "./limits.ts";
import type { Machine } from "./machine.ts";
import type { NetworkGate } from "./network/network-gate.ts";
import { openExit, type Exit } from "./network/open-exit.ts";
import { proxyEnvironment } from "./network/proxy-environment.ts";
import { keepPlaceholders, type PlaceholderKeeper } from "./placeholders.ts";
import type { Mount } from "./mount.ts";
import { inOrder, planLaunch, protectionOf, type ConfinedPlan } from "./plan.ts";
import { refusal } from "./refusal.ts";
import type { RouteMemory } from "./route-memory.ts";
import { sandboxExec, seatbeltCommand } from "./seatbelt.ts";
import type { SandboxSettings } from "./settings.ts";

export type LauncherOptions = {
  readonly machine: Machine;
  /** The person's environment: PATH, where helpers are looked for, TMPDIR and XDG_RUNTIME_DIR. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly codexHome: string;
  /** The words that start this program so that it calls `runInner`, for use without bubblewrap. */
  readonly inner: readonly string[];
  /** `[sandbox]` of the config. */
  readonly settings?: SandboxSettings | undefined;
  /** In order of preference; all where absent. */
  readonly routes?: readonly RouteName[];
  /** For a process that runs one command: who passes it has to heed `Confined.begun`. */
  readonly memory?: RouteMemory | undefined;
};

/** How commands are confined here is found out with the first one of a set of roots, and kept for the life of the launcher. */
export function makeLauncher(options: LauncherOptions): Launcher {
  const { machine, env, codexHome, settings = {} } = options;
  const protection = protectionOf(settings);
  const tmpdir = env.TMPDIR === "" ? undefined : env.TMPDIR;
  const facts = { ...machine, tmpdir, codexHome, sockets: hostSockets(machine, env) };
  const routeFor = rememberRoutes(options);
  const placeholders = keepPlaceholders(onExit);
  return {
    async prepare(command, session) {
      const plan = planLaunch(session, facts, protection);
      const runnable = withProgramFound(command, machine);
      if (plan.type === "unconfined") {
        placeholders.clear();
        return ok(unconfined(runnable));
      }
      if (machine.platform !== "linux") return withoutLinux(runnable, plan, session, options);
      const writable = plan.mounts.flatMap(({ path, access }) => (access === "write" ? [path] : []));
      const alone = landlockAlone(plan, session, settings);
      // A command that was let out could have replaced any program anyway.
      const distrusted = [...session.workspaceRoots, ...(session.left ? [] : writable)];
      // Landlock cannot keep a command from going past the gate, whose inner stage has the descriptor by which `begun` is known.
      const gated = session.gate !== undefined;
      const route = await routeFor(distrusted, { landlock: alone.allowed && !gated, fromMemory: !gated });
      if (!route.ok) return err(sandboxError(refusal(machine, route.error, alone.hint)));
      const limited = withLimits(runnable, settings.limits, findHelper(options, distrusted));
      if (!limited.ok) return err(sandboxError(limited.error));
      if (command.tty && route.value.setsid === undefined) return err(sandboxError(noTerminal));
      return confine(limited.value, plan, route.value, options.inner, session.gate, placeholders);
    },
  };
}

/** macOS has a sandbox of its own; for other systems there is none yet. What they cannot hold is refused. */
function withoutLinux(
  command: Command,
  plan: ConfinedPlan,
  { gate }: Session,
  { machine, settings }: LauncherOptions,
): Result<Confined> {
  if (machine.platform !== "darwin") return err(sandboxError(noSandbox));
  if (gate !== undefined) return err(sandboxError(linuxOnly("Rules for hosts")));
  if (settings?.limits !== undefined) return err(sandboxError(linuxOnly("`[sandbox.limits]`")));
  if (machine.findProgram(sandboxExec, "", "/") === undefined) return err(sandboxError(`${sandboxExec} is missing.`));
  return ok(seatbeltCommand(command, plan));
}

const noSandbox =
  "Commands cannot be sandboxed on this system. Approve them one by one, work in WSL2, or use `--sandbox danger-full-access` where the machine itself is a sandbox.";

const linuxOnly = (what: string): string => `${what} can be enforced on Linux only; take them out of config.toml.`;

type Allowed = { readonly landlock: boolean; readonly fromMemory: boolean };

/** No helper may come from a folder that commands can write, so what is right depends on the roots. */
function rememberRoutes({ machine, env, inner, settings, routes = allRoutes, memory }: LauncherOptions) {
  const known = new Map<string, Promise<Result<Route, string>>>();
  return (distrusted: readonly string[], allowed: Allowed): Promise<Result<Route, string>> => {
    const { landlock, fromMemory } = allowed;
    const key = [landlock, fromMemory, ...distrusted].join("\0");
    const wanted = routes.filter((name) => landlock || name !== "landlock");
    const search = { wanted, path: env.PATH ?? "", bwrapPath: settings?.bwrap_path, distrusted };
    const route = known.get(key) ?? findRoute(machine, search, inner, fromMemory ? memory : undefined);
    known.set(key, route);
    return route;
  };
}

const allRoutes: readonly RouteName[] = ["bubblewrap", "namespaces", "landlock"];

const findHelper =
  ({ machine, env }: LauncherOptions, distrusted: readonly string[]) =>
  (name: string): string | undefined =>
    machine.findTrustedProgram(name, env.PATH ?? "", distrusted);

const sandboxError = (message: string): CodexError => ({ code: "internal", message });

const unconfined = ({ argv, env, cwd }: Command): Confined => ({
  argv,
  env,
  cwd,
  fds: [],
  takesTerminal: false,
  contained: false,
  dispose: () => {},
});

function confine(
  command: Command,
  plan: ConfinedPlan,
  route: Route,
  inner: readonly string[],
  gate: NetworkGate | undefined,
  placeholders: PlaceholderKeeper,
): Result<Confined> {
  try {
    if (route.name === "landlock") return ok(confined(command, plan, route, inner, [], undefined, () => {}));
    const existing = plan.mounts.filter(({ access }) => access === "read").map(({ path }) => path);
    // Also what exists: it may be a placeholder of another command, which must then stay as long as this one runs.
    const held = placeholders.hold([...plan.placeholders, ...existing]);
    const links = plan.links.map(({ path }) => keepLink(path));
    const exit = gate && openExit(gate);
    const release = (): void => {
      exit?.close();
      held.release();
      for (const restore of links) restore();
    };
    const gated = exit ? { ...command, env: { ...command.env, ...proxyEnvironment() } } : command;
    return ok(confined(gated, plan, route, inner, held.standing, exit, release));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return err(sandboxError(`The sandbox could not be prepared: ${why}. Nothing was run.`));
  }
}

/** Calls `release` itself if it fails. */
function confined(
  command: Command,
  plan: ConfinedPlan,
  route: Route,
  inner: readonly string[],
  standing: readonly string[],
  exit: Exit | undefined,
  release: () => void,
): Confined {
  try {
    const notice = noticeOf(route, plan);
    const mounts = withRead(plan.mounts, [...standing, ...stageFiles(plan, inner, exit)]);
    const { machineFiles, proc } = route;
    const confinement = { mounts, network: plan.network, machineFiles, proc, gate: exit?.gate };
    const links = plan.links.map(({ path }) => path);
    const { descriptor3, ...program } = launchOn(route, command, confinement, links, inner);
    const file = memoryFile("codex-sandbox", descriptor3);
    const status = route.untried ? memoryFile("codex-sandbox-status", new Uint8Array()) : undefined;
    return {
      ...program,
      fds: [file.fd, ...(status ? [status.fd] : []), ...(exit?.fds ?? [])],
      takesTerminal: command.tty,
      contained: route.name !== "landlock",
      ...(notice === undefined ? {} : { notice }),
      ...(status === undefined ? {} : { begun: () => hasBegun(status.text()) }),
      dispose() {
        file.close();
        status?.close();
        release();
      },
    };
  } catch (error) {
    release();
    throw error;
  }
}

/** Our own program, which is started inside for the gate, where the plan hides what is around it. */
const stageFiles = (plan: ConfinedPlan, inner: readonly string[], exit: Exit | undefined): readonly string[] =>
  exit !== undefined && plan.mounts.some(({ access }) => access === "denied") ? inner.filter(isAbsolute) : [];

function withRead(mounts: readonly Mount[], paths: readonly string[]): Mount[] {
  const known = new Set(mounts.map(({ path }) => path));
  const added = paths.filter((path) => !known.has(path)).map((path): Mount => ({ path, access: "read" }));
  return inOrder([...mounts, ...added]);
}

const noTerminal =
  "A sandboxed terminal needs the program `setsid` (util-linux): install it, or run the command without a terminal.";

function noticeOf(route: Route, plan: ConfinedPlan): string | undefined {
  if (route.name === "landlock") return landlockNotice(plan);
  return route.proc ? undefined : noPrivateProc;
}

const noPrivateProc =
  "Sandboxed commands see the processes of this container in /proc (read-only), because it does not allow mounting another.";

/**
 * A missing program is answered as a shell does, with code 127, whichever way the command is run. Programs are looked for
 * here, outside the sandbox, by the same paths that hold inside.
 */
function withProgramFound(command: Command, machine: Machine): Command {
  const [name = "", ...words] = command.argv;
  const path = command.env.PATH ?? "/usr/local/bin:/usr/bin:/bin";
  const program = machine.findProgram(name, path, command.cwd);
  if (program !== undefined) return { ...command, argv: [program, ...words] };
  return { ...command, argv: ["/bin/sh", "-c", 'printf "%s: command not found\\n" "$0" >&2; exit 127', name] };
}

/** Through these a command with network access could have anything done outside: by a container runtime, by the session. */
function hostSockets(machine: Machine, env: LauncherOptions["env"]): string[] {
  const runtime = env.XDG_RUNTIME_DIR;
  const places = ["/run", ...(runtime === undefined || runtime === "" ? [] : [runtime])];
  const names = `docker.sock podman/podman.sock containerd/containerd.sock crio/crio.sock buildkit/buildkitd.sock
    dbus/system_bus_socket systemd/private bus snapd.socket`.split(/\s+/);
  const sockets = places.flatMap((place) => names.map((name) => join(place, name)));
  return sockets.filter((path) => machine.isSocket(path)).flatMap((path) => machine.realPath(path) ?? []);
}
