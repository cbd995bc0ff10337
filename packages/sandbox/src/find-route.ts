import { memoryFile } from "@codex/platform/memory-file";
import { err, ok, type Result } from "@codex/protocol/result";
import { basename, dirname } from "node:path";
import { bubblewrapArgv, bubblewrapEnvironment, hasBegun, innermost, type Confinement } from "./bubblewrap.ts";
import type { Command } from "./launcher.ts";
import type { Machine } from "./machine.ts";
import type { RouteMemory } from "./route-memory.ts";
import { innerOrder, namespacesArgv, type InnerOrder, type NamespaceTools } from "./namespaces.ts";
import { seccompProgram } from "./seccomp.ts";

/** How commands are confined on this machine. */
export type Route = {
  /** Makes a session with the terminal as its own, inside. Namespaces cannot do without. */
  readonly setsid: string | undefined;
  /** False where a private /proc may not be mounted. */
  readonly proc: boolean;
  /** Parts of /proc that belong to the machine and must be read-only. */
  readonly machineFiles: readonly string[];
  /** It has not been tried: an earlier process has, under the same circumstances. */
  readonly untried?: boolean;
} & (
  | { readonly name: "bubblewrap"; readonly bwrap: string }
  | { readonly name: "namespaces"; readonly tools: NamespaceTools }
  | { readonly name: "landlock" }
);

export type RouteName = Route["name"];

/** What to run for a command on a route, and the bytes that it reads from descriptor 3. */
export type Launch = {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly descriptor3: Uint8Array;
};

/** `inner` are the words that start our own program so that it calls `runInner`. */
export function launchOn(
  route: Route,
  command: Command,
  confinement: Confinement,
  links: readonly string[],
  inner: readonly string[],
): Launch {
  if (route.name === "bubblewrap") {
    const argv = bubblewrapArgv(route.bwrap, route.setsid, command, confinement, inner, route.untried);
    if (confinement.gate !== undefined) return staged(argv, orderInside(route.setsid, command, confinement));
    const descriptor3 = confinement.network ? programs.online() : programs.offline();
    return { argv, env: bubblewrapEnvironment(command.env), cwd: command.cwd, descriptor3 };
  }
  if (route.name === "landlock") {
    const landlock = { writable: confinement.mounts.flatMap(({ path, access }) => (access === "write" ? [path] : [])) };
    return staged(inner, { ...orderInside(route.setsid, command, confinement), landlock });
  }
  const argv = namespacesArgv(route.tools, inner, confinement.network && confinement.gate === undefined);
  return staged(argv, innerOrder(route.tools, command, confinement, links));
}

/** The stage must not be moved by the command's variables (BUN_OPTIONS, LD_PRELOAD), nor by settings files in its folder. */
const staged = (argv: readonly string[], order: InnerOrder): Launch => ({
  argv,
  env: {},
  cwd: "/",
  descriptor3: new TextEncoder().encode(JSON.stringify(order)),
});

/** For the stage that has no mounts to make: bubblewrap has made them, or there are none. */
const orderInside = (setsid: string | undefined, command: Command, confinement: Confinement): InnerOrder => ({
  argv: innermost(setsid, command),
  env: command.env,
  cwd: command.cwd,
  tty: command.tty,
  mounted: true,
  confinement,
  links: [],
});

const architecture = process.arch === "arm64" ? "arm64" : "x64";

/** Each is the same for every command, and assembled with the first that needs it. */
const programs = {
  online: once(() => seccompProgram(true, architecture)),
  offline: once(() => seccompProgram(false, architecture)),
};

function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | undefined;
  return () => (made ??= { value: make() }).value;
}

/** Where and what to look for. */
export type RouteSearch = {
  readonly wanted: readonly RouteName[];
  /** PATH. */
  readonly path: string;
  /** Taken in place of the bubblewrap in PATH. */
  readonly bwrapPath: string | undefined;
  /** Folders in which commands can write: no helper is taken from there. */
  readonly distrusted: readonly string[];
};

type Find = (name: string) => string | undefined;

/**
 * Tries the wanted ways in their order, those with namespaces first with a private /proc, by running nothing in them; but
 * bubblewrap is taken untried where `memory` has it that it worked under the same circumstances. The error is what the last
 * attempt said.
 */
export async function findRoute(
  machine: Machine,
  search: RouteSearch,
  inner: readonly string[],
  memory?: RouteMemory,
): Promise<Result<Route, string>> {
  const find: Find = (name) => machine.findTrustedProgram(name, search.path, search.distrusted);
  let said = "neither bubblewrap nor unshare, setpriv and setsid of util-linux are in the PATH";
  const shell = find("sh");
  if (shell === undefined) return err("there is no `sh` in the PATH");
  for (const route of candidates(find, search, machine)) {
    const attempt = runNothing(route, shell, inner);
    const known = memory && circumstances(route, attempt, machine);
    if (memory !== undefined && known !== undefined) {
      const untried: Route = { ...route, untried: true };
      if (memory.knows(known)) return ok(untried);
      // Kept only where bubblewrap tells that it began: by that it is known later if what is remembered is wrong.
      const told = await launch(machine, runNothing(untried, shell, inner));
      if (told.ok && hasBegun(told.value)) {
        memory.keep(known);
        return ok(route);
      }
    }
    const tried = await launch(machine, attempt);
    if (tried.ok) return ok(route);
    // Why there are no namespaces says more than that there is no Landlock either.
    if (route.name !== "landlock") said = tried.error;
  }
  return err(said);
}

/** What it depends on that this attempt comes out as it does. The best way only: that another had to do may have been chance. */
function circumstances(route: Route, { argv }: Launch, machine: Machine): string | undefined {
  if (route.name !== "bubblewrap" || !route.proc) return undefined;
  const around = machine.surroundings(route.bwrap);
  return around && [...argv, around].join("\n");
}

/** Each is looked for when those before it have failed. */
function* candidates(find: Find, search: RouteSearch, machine: Machine): Generator<Route> {
  const setsid = find("setsid");
  let machineFiles: readonly string[] | undefined;
  for (const name of search.wanted) {
    if (name === "landlock") {
      yield { name, setsid, proc: true, machineFiles: [] };
      continue;
    }
    const programs = name === "bubblewrap" ? bubblewrap(find, search, machine) : utilLinux(find);
    if (programs === undefined) continue;
    machineFiles ??= machine.machineFilesInProc();
    for (const proc of [true, false]) yield { ...programs, setsid, proc, machineFiles };
  }
}

function bubblewrap(find: Find, { bwrapPath, distrusted }: RouteSearch, machine: Machine) {
  const bwrap =
    bwrapPath === undefined
      ? find("bwrap")
      : machine.findTrustedProgram(basename(bwrapPath), dirname(bwrapPath), distrusted);
  return bwrap === undefined ? undefined : { name: "bubblewrap" as const, bwrap };
}

function utilLinux(find: Find) {
  const [unshare, setpriv, setsid, shell, env] = ["unshare", "setpriv", "setsid", "sh", "env"].map(find);
  if (unshare === undefined || setpriv === undefined || setsid === undefined) return undefined;
  if (shell === undefined || env === undefined) return undefined;
  return { name: "namespaces" as const, tools: { unshare, setpriv, setsid, shell, env } };
}

function runNothing(route: Route, shell: string, inner: readonly string[]): Launch {
  const nothing: Command = { argv: [shell, "-c", ":"], cwd: "/", env: {}, tty: false };
  const confinement = { mounts: [], network: false, machineFiles: route.machineFiles, proc: route.proc };
  return launchOn(route, nothing, confinement, [], inner);
}

/** What bubblewrap tells on the way, if it is asked for that. */
async function launch(machine: Machine, { descriptor3, ...program }: Launch): Promise<Result<string, string>> {
  const file = memoryFile("codex-sandbox", descriptor3);
  const status = memoryFile("codex-sandbox-status", new Uint8Array());
  const output: Uint8Array[] = [];
  try {
    const run = machine.spawn({ ...program, fds: [file.fd, status.fd] }, (bytes) => output.push(bytes));
    if (!run.ok) return run;
    const code = await run.value.exited;
    if (code === 0) return ok(status.text());
    const said = Buffer.concat(output).toString().trim().split("\n").at(0);
    return err(said === undefined || said === "" ? `${program.argv[0]} ended with code ${code}` : said);
  } finally {
    file.close();
    status.close();
  }
}
