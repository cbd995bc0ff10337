import type { Command, Confined } from "./launcher.ts";
import type { Mount } from "./mount.ts";
import type { ConfinedPlan } from "./plan.ts";

/**
 * The macOS sandbox. A profile denies all that it does not allow, and of several rules that fit the last one counts, so a plan's
 * mounts become rules in their own order. Paths travel as parameters, since nothing quotes them safely in the text.
 * Never run by us where `sandbox-exec` does not exist; the text is what is tested.
 */
export type SeatbeltProfile = { readonly text: string; readonly parameters: Readonly<Record<string, string>> };

/** By its absolute path: another of that name in PATH would confine nothing. */
export const sandboxExec = "/usr/bin/sandbox-exec";

/** The command inside the macOS sandbox; programs look for CODEX_SANDBOX to know that they are in it. */
export function seatbeltCommand({ argv, env, cwd, tty }: Command, plan: ConfinedPlan): Confined {
  const { text, parameters } = seatbeltProfile(plan);
  const given = Object.entries(parameters).map(([name, value]) => `-D${name}=${value}`);
  return {
    argv: [sandboxExec, "-p", text, ...given, "--", ...argv],
    env: { ...env, CODEX_SANDBOX: "seatbelt" },
    cwd,
    fds: [],
    takesTerminal: tty,
    contained: false,
    dispose: () => {},
  };
}

export function seatbeltProfile({ mounts, network, placeholders, links }: ConfinedPlan): SeatbeltProfile {
  const parameters: Record<string, string> = {};
  const parameter = (path: string): string => {
    const name = `PATH_${Object.keys(parameters).length}`;
    parameters[name] = path;
    return `(param "${name}")`;
  };
  const lines = [
    ...base,
    ...(network ? withNetwork : []),
    ...mounts.flatMap((mount) => mountRules(mount, parameter)),
    // What is not there must not come into being, in no spelling that the file system takes for the same.
    ...placeholders.map((path) => `(deny file-write* ${whole(parameter(path))} (regex #"${inAnyCase(path)}"))`),
    ...links.map(({ path }) => `(deny file-write* (literal ${parameter(path)}))`),
  ];
  return { text: `${lines.join("\n")}\n`, parameters };
}

const base = [
  "(version 1)",
  "(deny default)",
  "(allow process-exec)",
  "(allow process-fork)",
  "(allow signal (target same-sandbox))",
  "(allow process-info* (target same-sandbox))",
  "(allow file-read*)",
  '(allow file-write-data (require-all (literal "/dev/null") (vnode-type CHARACTER-DEVICE)))',
  '(allow sysctl-read (sysctl-name-prefix "hw.") (sysctl-name-prefix "kern.") (sysctl-name "vm.loadavg"))',
  '(allow iokit-open (iokit-registry-entry-class "RootDomainUserClient"))',
  '(allow mach-lookup (global-name "com.apple.system.opendirectoryd.libinfo") (global-name "com.apple.cfprefsd.daemon"))',
  '(allow mach-lookup (global-name "com.apple.cfprefsd.agent") (global-name "com.apple.PowerManagement.control"))',
  "(allow ipc-posix-sem)",
  "(allow user-preference-read)",
  "(allow pseudo-tty)",
  '(allow file-ioctl file-write-data (literal "/dev/ptmx") (regex #"^/dev/ttys[0-9]+$"))',
];

const withNetwork = [
  "(allow network-outbound)",
  "(allow network-inbound)",
  "(allow system-socket)",
  '(allow mach-lookup (global-name "com.apple.SystemConfiguration.configd") (global-name "com.apple.trustd.agent"))',
];

function mountRules({ path, access }: Mount, parameter: (path: string) => string): string[] {
  const place = whole(parameter(path));
  switch (access) {
    case "write":
      return [`(allow file-read* file-write* ${place})`];
    case "read":
      return [`(allow file-read* ${place})`, `(deny file-write* ${place})`];
    case "hidden":
    case "denied":
      return [`(deny file-read* file-write* network-outbound ${place})`];
  }
}

/** The name itself too, or the first mkdir of it would not be caught. */
const whole = (parameter: string): string => `(literal ${parameter}) (subpath ${parameter})`;

/** A pattern for the path whose last name may be written in either letter case. */
function inAnyCase(path: string): string {
  const at = path.lastIndexOf("/") + 1;
  const name = [...path.slice(at)].map((char) => {
    const [lower, upper] = [char.toLowerCase(), char.toUpperCase()];
    return lower === upper ? escaped(char) : `[${lower}${upper}]`;
  });
  return `^${escaped(path.slice(0, at))}${name.join("")}(/|$)`;
}

/** A quote would end the pattern: any one character stands for it. */
const escaped = (text: string): string =>
  text.replace(/["\\^$.*+?()[\]{}|]/g, (char) => (char === '"' ? "." : `\\${char}`));
