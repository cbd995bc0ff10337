import type { Command } from "./launcher.ts";
import type { Mount } from "./mount.ts";

/** What a route needs to know of a planned command. */
export type Confinement = {
  readonly mounts: readonly Mount[];
  readonly network: boolean;
  /** Where set, the command has a network of its own with nothing in it but our proxies, whatever `network` says. */
  readonly gate?: { readonly unixSockets: boolean } | undefined;
  /** Parts of /proc that belong to the machine: root's files there stay root's inside, so they are made read-only. */
  readonly machineFiles: readonly string[];
  /** False where the surroundings (a container) forbid mounting a /proc of its own. */
  readonly proc: boolean;
};

/** Where the seccomp program comes: the first of `Confined.fds`. */
const programDescriptor = 3;
/** Where bubblewrap is to say how far it came: the second, if it is asked for that. */
const statusDescriptor = 4;

/**
 * The words for bubblewrap (bwrap(1)). It makes namespaces and mounts, loads the program from descriptor 3, and stays as the
 * first process of the namespace, which reaps orphans and dies with us, and all with it.
 */
export function bubblewrapArgv(
  bwrap: string,
  setsid: string | undefined,
  command: Command,
  sandbox: Confinement,
  inner: readonly string[],
  /** Not together with a gate, which has the descriptor. */
  tells = false,
): string[] {
  // The inner stage has to make sockets that the program then forbids, so it loads the program itself.
  const staged = sandbox.gate !== undefined;
  return [
    bwrap,
    "--die-with-parent",
    // With a terminal `setsid -c` makes the session, since bubblewrap's would have no terminal.
    ...(command.tty ? [] : ["--new-session"]),
    "--unshare-user",
    "--unshare-pid",
    "--unshare-ipc",
    ...(sandbox.network && !staged ? [] : ["--unshare-net"]),
    "--ro-bind",
    "/",
    "/",
    "--dev",
    "/dev",
    ...sandbox.mounts.flatMap((mount) => mountWords(mount, sandbox.mounts)),
    ...sandbox.mounts.flatMap(({ path, access }) => (access === "denied" ? ["--remount-ro", path] : [])),
    ...(sandbox.proc ? ["--proc", "/proc"] : []),
    ...sandbox.machineFiles.flatMap((path) => ["--ro-bind-try", path, path]),
    "--cap-drop",
    "ALL",
    ...(tells ? ["--json-status-fd", String(statusDescriptor)] : []),
    ...(staged ? ["--chdir", "/", "--", ...inner] : directly(setsid, command)),
  ];
}

const directly = (setsid: string | undefined, command: Command): string[] => [
  "--seccomp",
  String(programDescriptor),
  "--chdir",
  command.cwd,
  ...Object.entries(command.env).flatMap(([name, value]) => (actsOnLoader(name) ? ["--setenv", name, value] : [])),
  "--",
  ...innermost(setsid, command),
];

/** With a terminal, a program has to make it the command's own first. */
export const innermost = (setsid: string | undefined, { argv, tty }: Command): string[] => [
  ...(tty && setsid !== undefined ? [setsid, "-c"] : []),
  ...argv,
];

/**
 * Whether bubblewrap had made everything and turned to the command, by what it wrote to its status descriptor: only then does it
 * tell the command's exit code.
 */
export const hasBegun = (status: string): boolean => status.includes('"exit-code"');

/** What bubblewrap itself runs with: nothing by which the command's settings could change what it does. */
export const bubblewrapEnvironment = (env: Command["env"]): Record<string, string> =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !actsOnLoader(name)));

const actsOnLoader = (name: string): boolean => name.startsWith("LD_");

function mountWords({ path, access }: Mount, all: readonly Mount[]): string[] {
  switch (access) {
    case "write":
      return ["--bind", path, path];
    case "read":
      return ["--ro-bind", path, path];
    case "denied":
      return ["--perms", deniedMode(path, all), "--tmpfs", path];
    case "hidden":
      return ["--ro-bind", "/dev/null", path];
  }
}

/** The permissions of a denied folder: it has to be passed through where something inside it is allowed. */
export const deniedMode = (path: string, all: readonly Mount[]): string =>
  all.some((other) => other.path.startsWith(`${path}/`) && other.access !== "hidden") ? "0555" : "0000";
