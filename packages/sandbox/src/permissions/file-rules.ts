import { isAbsolute, join, relative, resolve, sep } from "node:path";
import type { SandboxPolicy } from "@codex/protocol/thread";
import { deniedPlaces, type Demands } from "./demands.ts";
import type { Access, PermissionProfile, ProfileEntry } from "./profile.ts";

/** What a profile says beyond a sandbox policy, for the workspace roots of a session. Paths are absolute, links not followed. */
export type FileRules = {
  /** The profile's. */
  readonly name: string;
  /** Everything that no rule is about can be read. */
  readonly readsAll: boolean;
  /** At most one for a path. */
  readonly paths: readonly { readonly path: string; readonly access: Access }[];
  readonly globs: readonly { readonly glob: string; readonly access: Access }[];
  readonly scanDepth: number | undefined;
  /** Absolute paths and globs that an administrator closes: with all that is in them, whatever the others say. */
  readonly sealed?: readonly string[];
};

/** The policy that comes nearest to a profile: what the rest of Codex shows and stores. `fileRules` has what it cannot say. */
export function nearestPolicy({ unconfined, entries, network }: PermissionProfile): SandboxPolicy {
  if (unconfined) return { type: "dangerFullAccess" };
  const writes = entries.filter(({ access }) => access === "write");
  if (writes.length === 0) return { type: "readOnly", networkAccess: network };
  const last = (place: ProfileEntry["place"]): Access | undefined =>
    entries.findLast((entry) => entry.place === place)?.access;
  return {
    type: "workspaceWrite",
    writableRoots: writes.flatMap((entry) => (entry.place === "path" && !isGlob(entry.path) ? [entry.path] : [])),
    networkAccess: network,
    excludeTmpdirEnvVar: last("tmpdir") !== "write",
    excludeSlashTmp: last("slash_tmp") !== "write",
  };
}

export const isGlob = (path: string): boolean => /[*?[{]/.test(path);

/** What is needed to run programs at all. */
const minimalFolders = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32", "/etc", "/nix"];

export function fileRules(profile: PermissionProfile, workspaceRoots: readonly string[]): FileRules {
  const { name, entries, scanDepth, tmpdir } = profile;
  const placed = entries.flatMap((entry) =>
    placesOf(entry, workspaceRoots, tmpdir).map((path) => ({ path, access: entry.access })),
  );
  const byPath = new Map(placed.filter(({ path }) => !isGlob(path)).map(({ path, access }) => [path, access]));
  if (nearestPolicy(profile).type === "workspaceWrite") {
    for (const root of workspaceRoots) if (!byPath.has(root)) byPath.set(root, "read");
  }
  return {
    name,
    readsAll: entries.some((entry) => entry.place === "root" && entry.access !== "deny"),
    paths: [...byPath].map(([path, access]) => ({ path, access })),
    globs: placed.filter(({ path }) => isGlob(path)).map(({ path, access }) => ({ glob: path, access })),
    scanDepth,
  };
}

/** What a session's commands may do with files beyond its policy: by its profile, and by the administrator's demands. */
export function sessionRules(
  { profile, demands }: { readonly profile: PermissionProfile | undefined; readonly demands: Demands },
  workspaceRoots: readonly string[],
): FileRules | undefined {
  const own = profile && fileRules(profile, workspaceRoots);
  const sealed = deniedPlaces(demands).filter((place) => isAbsolute(place));
  return sealed.length === 0 ? own : { ...(own ?? openRules), sealed };
}

/** Whether something must not be read, whatever else is allowed and whoever allows it. */
export const deniesReading = ({ paths, globs, sealed = [] }: FileRules): boolean =>
  sealed.length > 0 || [...paths, ...globs].some(({ access }) => access === "deny");

const openRules: FileRules = { name: "", readsAll: true, paths: [], globs: [], scanDepth: undefined };

function placesOf(entry: ProfileEntry, workspaceRoots: readonly string[], tmpdir: string | undefined): string[] {
  switch (entry.place) {
    case "root":
      // Writing everywhere is not what a sandbox is for: it stays with reading, which `readsAll` says.
      return [];
    case "minimal":
      return minimalFolders;
    case "tmpdir":
      return entry.access === "write" || !tmpdir || !isAbsolute(tmpdir) ? [] : [resolve(tmpdir)];
    case "slash_tmp":
      return entry.access === "write" ? [] : ["/tmp"];
    case "workspace_roots":
      return workspaceRoots.map((root) => resolve(root, entry.sub));
    case "path":
      return [resolve(entry.path)];
  }
}

/**
 * What the rules say of a place, which is canonical: the innermost path that holds it decides, and a glob that denies beats all.
 * `canonical` gives a path without links. Undefined where they say nothing.
 */
export function accessAt(rules: FileRules, place: string, canonical: (path: string) => string): Access | undefined {
  const sealed = (rules.sealed ?? []).some((each) =>
    isGlob(each) ? matches(each, place) : isWithin(each, place) || isWithin(canonical(each), place),
  );
  const denied = rules.globs.some(({ glob, access }) => access === "deny" && matches(glob, place));
  if (sealed || denied) return "deny";
  const around = rules.paths
    // Also as it is written: a link may have been put in its way between the look at the place and this one.
    .flatMap(({ path, access }) => [path, canonical(path)].map((each) => ({ path: each, access })))
    .filter(({ path }) => isWithin(path, place));
  const innermost = around.sort((a, b) => b.path.length - a.path.length)[0];
  if (innermost !== undefined) return innermost.access;
  return rules.readsAll ? undefined : "deny";
}

/** The place, or a folder that it is in. */
function matches(glob: string, place: string): boolean {
  const pattern = new Bun.Glob(glob);
  const names = place.split(sep);
  return names.some((_, i) => pattern.match(names.slice(0, names.length - i).join(sep)));
}

/** True also for the folder itself. */
export function isWithin(folder: string, place: string): boolean {
  const way = relative(folder, place);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** The glob's fixed beginning and the rest: `/ws/**\/*.env` is `**\/*.env` in `/ws`. */
export function splitGlob(glob: string): { readonly folder: string; readonly pattern: string } {
  const names = glob.split(sep);
  const first = names.findIndex(isGlob);
  return { folder: names.slice(0, first).join(sep) || "/", pattern: join(...names.slice(first)) };
}
