import { memoryFile } from "@codex/platform/memory-file";
import { err, ok, type Result } from "@codex/protocol/result";
import { bubblewrapArgv, bubblewrapEnvironment, innermost, type Confinement } from "./bubblewrap.ts";
import type { Command } from "./launcher.ts";
import type { Machine } from "./machine.ts";
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
} & (
  | { readonly name: "bubblewrap"; readonly bwrap: string }
  | { readonly name: "namespaces"; readonly tools: NamespaceTools }
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
    const argv = bubblewrapArgv(route.bwrap, route.setsid, command, confinement, inner);
    if (confinement.gate !== undefined) return staged(argv, orderInside(route.setsid, command, confinement));
    const descriptor3 = seccompProgram(confinement.network, architecture);
    return { argv, env: bubblewrapEnvironment(command.env), cwd: command.cwd, descriptor3 };
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

/** For the stage inside bubblewrap, which has made the mounts. */
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

/**
 * Tries bubblewrap, then namespaces of our own, each first with a private /proc, by running nothing in them. The error is what
 * the last attempt said. `distrusted` are folders in which commands can write: no helper is taken from there.
 */
export async function findRoute(
  machine: Machine,
  path: string,
  distrusted: readonly string[],
  inner: readonly string[],
  wanted: readonly RouteName[],
): Promise<Result<Route, string>> {
  const find = (name: string): string | undefined => machine.findTrustedProgram(name, path, distrusted);
  let said = "neither bubblewrap nor unshare, setpriv and setsid of util-linux are in the PATH";
  const shell = find("sh");
  if (shell === undefined) return err("there is no `sh` in the PATH");
  for (const route of wanted.flatMap((name) => candidates(name, find, machine))) {
    const tried = await tryRoute(machine, route, shell, inner);
    if (tried.ok) return ok(route);
    said = tried.error;
  }
  return err(said);
}

function candidates(name: RouteName, find: (name: string) => string | undefined, machine: Machine): Route[] {
  const programs = programsOf(name, find);
  if (programs === undefined) return [];
  const machineFiles = machine.machineFilesInProc();
  return [true, false].map((proc) => ({ ...programs, setsid: find("setsid"), proc, machineFiles }));
}

type Programs =
  | { readonly name: "bubblewrap"; readonly bwrap: string }
  | { readonly name: "namespaces"; readonly tools: NamespaceTools };

function programsOf(name: RouteName, find: (name: string) => string | undefined): Programs | undefined {
  if (name === "bubblewrap") {
    const bwrap = find("bwrap");
    return bwrap === undefined ? undefined : { name, bwrap };
  }
  const [unshare, setpriv, setsid, shell, env] = ["unshare", "setpriv", "setsid", "sh", "env"].map(find);
  if (unshare === undefined || setpriv === undefined || setsid === undefined) return undefined;
  return shell === undefined || env === undefined
    ? undefined
    : { name, tools: { unshare, setpriv, setsid, shell, env } };
}

async function tryRoute(
  machine: Machine,
  route: Route,
  shell: string,
  inner: readonly string[],
): Promise<Result<void, string>> {
  const nothing: Command = { argv: [shell, "-c", ":"], cwd: "/", env: {}, tty: false };
  const confinement = { mounts: [], network: false, machineFiles: route.machineFiles, proc: route.proc };
  const { descriptor3, ...program } = launchOn(route, nothing, confinement, [], inner);
  const file = memoryFile("codex-sandbox", descriptor3);
  const output: Uint8Array[] = [];
  try {
    const run = machine.spawn({ ...program, fds: [file.fd] }, (bytes) => output.push(bytes));
    if (!run.ok) return run;
    const code = await run.value.exited;
    if (code === 0) return ok(undefined);
    const said = Buffer.concat(output).toString().trim().split("\n").at(0);
    return err(said === undefined || said === "" ? `${program.argv[0]} ended with code ${code}` : said);
  } finally {
    file.close();
  }
}
