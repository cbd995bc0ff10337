import type { Session } from "./launcher.ts";
import { deniesReading } from "./permissions/file-rules.ts";
import type { ConfinedPlan } from "./plan.ts";
import type { SandboxSettings } from "./settings.ts";

/**
 * Whether Landlock and the system call filter may do without namespaces. It cannot take back a right inside a folder, so for
 * a plan that writes somewhere the person has to have said so, and one that denies reading or names hosts is beyond it.
 */
export function landlockAlone(
  plan: ConfinedPlan,
  { gate, rules }: Pick<Session, "gate" | "rules">,
  settings: Pick<SandboxSettings, "fallback">,
): { readonly allowed: boolean; readonly hint?: string } {
  const hides = rules !== undefined && (!rules.readsAll || deniesReading(rules));
  if (gate !== undefined || hides) return { allowed: false };
  if (!writes(plan) || settings.fallback === "landlock") return { allowed: true };
  return { allowed: false, hint: fallbackHint };
}

const writes = ({ mounts }: ConfinedPlan): boolean => mounts.some(({ access }) => access === "write");

const fallbackHint =
  'set `fallback = "landlock"` under `[sandbox]` in config.toml, which leaves `.git` and the like in writable folders unprotected';

/** What is different, for the person. */
export function landlockNotice(plan: ConfinedPlan): string {
  const names = plan.mounts.filter(({ access }) => access === "read").map(({ path }) => path);
  const lost = [
    ...(writes(plan)
      ? [
          `commands can change what is in writable folders, ${[...names, ...plan.placeholders].join(", ")} too`,
          "they can change the mode, owner and dates of your files anywhere, though not what is in them",
        ]
      : []),
    ...(plan.network ? ["with network access they reach the sockets of other programs"] : []),
    "they see the machine's processes, and what they leave running is ended only with Codex",
  ];
  return `Without user namespaces commands are confined by Landlock and a system call filter alone: ${lost.join("; ")}.`;
}
