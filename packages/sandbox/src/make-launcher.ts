import { join } from "node:path";
import { keepLink } from "@codex/platform/keep-link";
import { memoryFile } from "@codex/platform/memory-file";
import type { CodexError } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { findRoute, launchOn, type Route, type RouteName } from "./find-route.ts";
import type { Command, Confined, Launcher } from "./launcher.ts";
import type { Machine } from "./machine.ts";
import { placeholdersIn, type Placeholders } from "./placeholders.ts";
import { inOrder, planLaunch, type Plan } from "./plan.ts";
import { refusal } from "./refusal.ts";

export type LauncherOptions = {
  readonly machine: Machine;
  /** The person's environment: PATH, where helpers are looked for, TMPDIR and XDG_RUNTIME_DIR. */
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Absolute. */
  readonly codexHome: string;
  /** The words that start this program so that it calls `runInner`, for use without bubblewrap. */
  readonly inner: readonly string[];
  /** In order of preference; both where absent. */
  readonly routes?: readonly RouteName[];
};

/** How commands are confined here is found out with the first one, and kept for the life of the launcher. */
export function makeLauncher(options: LauncherOptions): Launcher {
  const { machine, env, codexHome } = options;
  const placeholders = placeholdersIn(join(codexHome, "tmp", "sandbox"));
  const facts = {
    ...machine,
    tmpdir: env.TMPDIR === "" ? undefined : env.TMPDIR,
    codexHome,
    sockets: hostSockets(machine, env),
  };
  let route: Promise<Result<Route, string>> | undefined;
  return {
    async prepare(command, session) {
      const plan = planLaunch(session, facts);
      const runnable = withProgramFound(command, machine);
      if (plan.type === "unconfined") return ok(unconfined(runnable));
      const distrusted = [
        ...session.workspaceRoots,
        ...plan.mounts.flatMap(({ path, access }) => (access === "write" ? [path] : [])),
      ];
      route ??= findRoute(
        machine,
        env.PATH ?? "",
        distrusted,
        options.inner,
        options.routes ?? ["bubblewrap", "namespaces"],
      );
      const found = await route;
      if (!found.ok) return err(sandboxError(refusal(machine, found.error)));
      return confine(runnable, plan, found.value, options, placeholders);
    },
  };
}

const sandboxError = (message: string): CodexError => ({ code: "internal", message });

const unconfined = ({ argv, env, cwd }: Command): Confined => ({
  argv,
  env,
  cwd,
  fds: [],
  takesTerminal: false,
  dispose: () => {},
});

type ConfinedPlan = Extract<Plan, { type: "confined" }>;

function confine(
  command: Command,
  plan: ConfinedPlan,
  route: Route,
  { machine, inner }: LauncherOptions,
  placeholders: Placeholders,
): Result<Confined> {
  if (command.tty && route.name === "bubblewrap" && route.setsid === undefined) {
    return err(
      sandboxError(
        "A sandboxed terminal needs the program `setsid` (util-linux): install it, or run the command without a terminal.",
      ),
    );
  }
  const links = plan.links.map(({ path }) => ({ path, restore: keepLink(path) }));
  try {
    const readable = plan.mounts.filter(({ access }) => access === "read").map(({ path }) => path);
    const { standing, release } = placeholders.hold(plan.placeholders, readable);
    const mounts = inOrder([...plan.mounts, ...standing.map((path) => ({ path, access: "read" as const }))]);
    const confinement = { mounts, network: plan.network, machineFiles: machine.machineFilesInProc(), proc: route.proc };
    const launch = launchOn(
      route,
      command,
      confinement,
      links.map(({ path }) => path),
      inner,
    );
    const file = memoryFile("codex-sandbox", launch.descriptor3);
    return ok({
      argv: launch.argv,
      env: launch.env,
      cwd: command.cwd,
      fds: [file.fd],
      takesTerminal: command.tty,
      ...(route.proc ? {} : { notice: noPrivateProc }),
      dispose() {
        file.close();
        release();
        for (const { restore } of links) restore();
      },
    });
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return err(sandboxError(`The sandbox could not be prepared: ${why}. Nothing was run.`));
  }
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
