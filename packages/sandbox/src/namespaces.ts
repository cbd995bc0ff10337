import type { Confinement } from "./bubblewrap.ts";
import type { LandlockRules } from "./landlock.ts";
import type { Command } from "./launcher.ts";

/** The programs of util-linux (2.36 or newer) and the shell that stand in for bubblewrap. Absolute paths. */
export type NamespaceTools = {
  readonly unshare: string;
  readonly setpriv: string;
  readonly setsid: string;
  readonly shell: string;
  readonly env: string;
};

/** What the inner stage reads from descriptor 3, as JSON. */
export type InnerOrder = {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly cwd: string;
  readonly tty: boolean;
  /** Someone else has made the mounts, and brought the loopback interface up. */
  readonly mounted: boolean;
  readonly confinement: Confinement;
  /** In place of mounts, where no namespaces can be made. */
  readonly landlock?: LandlockRules;
  /** Symbolic links to hold in place, where the kernel lets one mount on a link. */
  readonly links: readonly string[];
};

/**
 * The words that make the namespaces and start `inner` (our own program, see `runInner`) in them with every capability, so
 * that it can make the mounts. unshare(1) dies with us, and its child, the first process of the namespace, with it.
 */
export const namespacesArgv = (tools: NamespaceTools, inner: readonly string[], network: boolean): string[] => [
  tools.setpriv,
  "--pdeathsig",
  "KILL",
  tools.unshare,
  "--user",
  "--map-current-user",
  "--keep-caps",
  "--mount",
  "--pid",
  "--ipc",
  ...(network ? [] : ["--net"]),
  "--fork",
  "--kill-child=KILL",
  "--",
  ...inner,
];

/**
 * Runs its arguments as a child and ends with their exit code, reaping orphans: the first process of a namespace is deaf to
 * signals that it does not handle, so the command must not be that one. The shell's own remarks ("Killed") go nowhere. An
 * interrupt is the command's to take: without the trap some shells would end with it, whatever the command makes of it.
 */
const firstProcess = 'trap : INT; exec 3>&2 2>/dev/null; "$@" 2>&3 3>&-; exit $?';

export const innerOrder = (
  tools: NamespaceTools,
  command: Command,
  confinement: Confinement,
  links: readonly string[],
): InnerOrder => ({
  argv: [
    tools.shell,
    "-c",
    firstProcess,
    "sh",
    ...(command.tty ? [tools.setsid, "-c"] : []),
    ...withOddVariables(tools, command.env),
    ...command.argv,
  ],
  env: command.env,
  cwd: command.cwd,
  tty: command.tty,
  mounted: false,
  confinement,
  links,
});

/** A shell passes on only variables that it could have made itself; bash's exported functions, for one, are not such. */
function withOddVariables(tools: NamespaceTools, env: Command["env"]): string[] {
  const odd = Object.entries(env).filter(([name]) => !/^[A-Za-z_]\w*$/.test(name));
  return odd.length === 0 ? [] : [tools.env, ...odd.map(([name, value]) => `${name}=${value}`)];
}
