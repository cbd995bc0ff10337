import { join } from "node:path";
import type { MachineFacts } from "../machine-facts.ts";
import type { Mount } from "../mount.ts";
import { isGlob, isWithin, splitGlob, type FileRules } from "./file-rules.ts";
import type { Access } from "./profile.ts";

/** What differs by rules, by canonical path. What does not exist is left out: nothing of it can be read. */
export function ruledMounts(
  rules: FileRules,
  writable: readonly string[],
  machine: MachineFacts,
): Map<string, Mount["access"]> {
  const found = new Map<string, Mount["access"]>();
  const at = (path: string, access: Access): void => {
    const real = machine.realPath(path);
    if (real === undefined) return;
    if (access === "deny") found.set(real, machine.look(real).kind === "directory" ? "denied" : "hidden");
    else if (access === "read") found.set(real, "read");
  };
  const expanded = rules.globs.flatMap(({ glob, access }) =>
    expand(glob, rules.scanDepth, machine).map((path) => ({ path, access })),
  );
  const ordered = [...rules.paths, ...expanded];
  for (const { path, access } of ordered) if (access !== "deny") at(path, access);
  if (!rules.readsAll) hideRest([...found.keys(), ...writable], found, machine);
  for (const { path, access } of ordered) if (access === "deny") at(path, access);
  const closed = sealedPlaces(rules, machine);
  for (const path of found.keys()) if (closed.some((folder) => isWithin(folder, path))) found.delete(path);
  for (const path of closed) at(path, "deny");
  return found;
}

/** What an administrator closes, without links; not what lies in another such place. */
export function sealedPlaces({ sealed = [] }: FileRules, machine: MachineFacts): string[] {
  const named = sealed.flatMap((place) => (isGlob(place) ? expand(place, undefined, machine) : [place]));
  const real = [...new Set(named.flatMap((path) => machine.realPath(path) ?? []))];
  return real.filter((path) => real.every((folder) => folder === path || !isWithin(folder, path)));
}

function expand(glob: string, depth: number | undefined, machine: MachineFacts): readonly string[] {
  const { folder, pattern } = splitGlob(glob);
  return machine.expand(folder, pattern, depth);
}

/** Everything at the top of the file system that is not readable; what is readable inside is mounted over it again. */
function hideRest(readable: readonly string[], found: Map<string, Mount["access"]>, machine: MachineFacts): void {
  for (const name of machine.list("/")) {
    const path = join("/", name);
    const { kind } = machine.look(path);
    if (kind === "link" || systemFolders.has(path) || readable.includes(path) || readable.includes("/")) continue;
    found.set(path, kind === "directory" ? "denied" : "hidden");
  }
}

/** The sandbox makes these itself. */
const systemFolders = new Set(["/dev", "/proc"]);
