import type { Machine } from "./machine.ts";

/**
 * The sentence for a machine that cannot confine commands: the exact cause, and what to do about it. `detail` is what the last
 * attempt said, `hint` another remedy.
 */
export function refusal(machine: Pick<Machine, "setting">, detail: string, hint?: string): string {
  const found = causes.find(({ setting, value }) => machine.setting(setting) === value);
  const known = found ?? surroundingSandbox(machine, detail);
  const cause = found === undefined ? (known?.cause ?? detail) : `${found.cause} (${found.setting} is ${found.value})`;
  const remedy = known?.remedy ?? "install bubblewrap, or util-linux 2.36 or newer";
  return `Commands cannot be sandboxed on this machine: ${cause}. To mend it, ${[remedy, ...(hint === undefined ? [] : [hint])].join(", or ")}; where the machine itself is a sandbox, use \`--sandbox danger-full-access\`.`;
}

type Cause = { readonly cause: string; readonly remedy: string };

/** What we run in ourselves, where that is what stands in the way: what is installed has nothing to do with it then. */
function surroundingSandbox(machine: Pick<Machine, "setting">, detail: string): Cause | undefined {
  if (/uid.?map: Operation not permitted/.test(detail)) return unmapped;
  if (/No space left on device|ENOSPC/.test(detail)) return tooDeep;
  if (/^Seccomp:\s*2$/m.test(machine.setting("/proc/self/status") ?? "") && /not permitted/.test(detail))
    return filtered;
  return undefined;
}

const tooDeep: Cause = {
  cause: "no more user namespaces may be made here: their number or nesting is limited, as it is in some containers",
  remedy: "run Codex outside of that container, or raise `sysctl user.max_user_namespaces`",
};

/** The kernel wants it of whoever passes on the number 0. */
const unmapped: Cause = {
  cause: "root may make no user namespace without the capability SETFCAP, which a sandbox around Codex has taken away",
  remedy: "run Codex outside of that sandbox, or as another user than root",
};

const filtered: Cause = {
  cause: "a system call filter around Codex forbids namespaces, as another Codex sandbox and most containers have it",
  remedy: "run Codex outside of that sandbox, or let the container make user namespaces",
};

const causes = [
  {
    setting: "/proc/sys/user/max_user_namespaces",
    value: "0",
    cause: "user namespaces are switched off",
    remedy: "run `sudo sysctl user.max_user_namespaces=15000`",
  },
  {
    setting: "/proc/sys/kernel/unprivileged_userns_clone",
    value: "0",
    cause: "only root may make user namespaces",
    remedy: "run `sudo sysctl kernel.unprivileged_userns_clone=1`",
  },
  {
    setting: "/proc/sys/kernel/apparmor_restrict_unprivileged_userns",
    value: "1",
    cause: "AppArmor restricts user namespaces",
    remedy:
      "install your distribution's bubblewrap with its AppArmor profile, or run `sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0`",
  },
] as const;
