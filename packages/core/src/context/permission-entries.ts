import { protectedNames } from "@codex/sandbox/plan";
import type { SandboxPolicy } from "@codex/protocol/thread";
import { isGlob } from "@codex/sandbox/permissions/file-rules";
import type { PermissionProfile, ProfileEntry } from "@codex/sandbox/permissions/profile";
import { resolve } from "node:path";

/** One rule of a restricted file system, in the order in which the original 0.169.0 lists them. */
export type PermissionEntry = { readonly access: "read" | "write" | "deny" } & (
  | { readonly special: "root" | "minimal" | "slash_tmp" | "tmpdir" }
  | { readonly glob: string }
  /** `protected`: read-only inside a writable root, also where it does not exist. */
  | { readonly path: string; readonly protected: boolean }
);

/** What of a session's permissions its policy does not say. */
export type PermissionDetails = {
  /** Where one is in force. */
  readonly profile?: PermissionProfile | undefined;
  /** Absolute paths and globs that an administrator lets nobody read. */
  readonly sealed?: readonly string[];
  /** Names that the user adds to those that stay read-only in writable roots. */
  readonly protectedNames?: readonly string[];
};

/** The folders that a thread may write besides the temporary ones. */
export const rootsOf = (policy: SandboxPolicy, workspaceRoots: readonly string[]): string[] =>
  policy.type === "workspaceWrite" ? [...new Set([...workspaceRoots, ...policy.writableRoots])] : [...workspaceRoots];

/** The rules of a policy; undefined where it restricts no files. */
export function permissionEntries(
  policy: SandboxPolicy,
  workspaceRoots: readonly string[],
  { profile, sealed = [], protectedNames: own = [] }: PermissionDetails = {},
): PermissionEntry[] | undefined {
  if (policy.type === "dangerFullAccess" || policy.type === "externalSandbox") return undefined;
  const denied = sealed.map((place) => placeEntry("deny", place));
  if (profile !== undefined) return [...profileEntries(profile, workspaceRoots), ...denied];
  const readAll: PermissionEntry = { access: "read", special: "root" };
  if (policy.type === "readOnly") return [readAll, ...denied];
  const roots = rootsOf(policy, workspaceRoots);
  return [
    readAll,
    ...roots.map((path): PermissionEntry => ({ access: "write", path, protected: false })),
    ...(policy.excludeSlashTmp ? [] : [{ access: "write", special: "slash_tmp" } as const]),
    ...(policy.excludeTmpdirEnvVar ? [] : [{ access: "write", special: "tmpdir" } as const]),
    ...[...new Set([...protectedNames, ...own])].flatMap((name) =>
      roots.map((root): PermissionEntry => ({
        access: "read",
        path: `${root === "/" ? "" : root}/${name}`,
        protected: true,
      })),
    ),
    ...denied,
  ];
}

/** Each place once, with what was said of it last; by name, as the original sorts them. */
function profileEntries({ entries }: PermissionProfile, workspaceRoots: readonly string[]): PermissionEntry[] {
  const byPlace = new Map(entries.map((entry) => [placeName(entry), entry]));
  const names = [...byPlace.keys()].sort((a, b) => (a < b ? -1 : 1));
  return names.flatMap((name) => {
    const entry = byPlace.get(name);
    return entry === undefined ? [] : shown(entry, workspaceRoots);
  });
}

function placeName(entry: ProfileEntry): string {
  switch (entry.place) {
    case "path":
      return entry.path;
    case "workspace_roots":
      return `:workspace_roots ${entry.sub}`;
    default:
      return `:${entry.place}`;
  }
}

function shown(entry: ProfileEntry, workspaceRoots: readonly string[]): PermissionEntry[] {
  switch (entry.place) {
    case "path":
      return [placeEntry(entry.access, resolve(entry.path))];
    case "workspace_roots":
      return workspaceRoots.map((root) => placeEntry(entry.access, resolve(root, entry.sub)));
    default:
      return [{ access: entry.access, special: entry.place }];
  }
}

const placeEntry = (access: PermissionEntry["access"], place: string): PermissionEntry =>
  isGlob(place) ? { access, glob: place } : { access, path: place, protected: false };
