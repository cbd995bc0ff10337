import type { Machine } from "./machine.ts";

/**
 * The sentence for a machine that cannot confine commands: the exact cause, and what to do about it. `detail` is what the last
 * attempt said, `hint` another remedy.
 */
export function refusal(machine: Pick<Machine, "setting">, detail: string, hint?: string): string {
  const found = causes.find(({ setting, value }) => machine.setting(setting) === value);
  const cause = found === undefined ? detail : `${found.cause} (${found.setting} is ${found.value})`;
  const remedy = found?.remedy ?? "install bubblewrap, or util-linux 2.36 or newer";
  return `Commands cannot be sandboxed on this machine: ${cause}. To mend it, ${[remedy, ...(hint === undefined ? [] : [hint])].join(", or ")}; where the machine itself is a sandbox, use \`--sandbox danger-full-access\`.`;
}

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
