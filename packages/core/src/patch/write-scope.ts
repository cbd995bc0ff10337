import type { Protection } from "@codex/sandbox/plan";
import { accessAt, type FileRules } from "@codex/sandbox/permissions/file-rules";
import { canonicalPath } from "@codex/platform/canonical-path";
import type { SandboxPolicy } from "@codex/protocol/thread";
import { join, relative, sep, isAbsolute } from "node:path";

/** Where patches may write, as canonical folders. They come from the user and the session's start, never from the model. */
export type WriteScope =
  | { readonly kind: "everywhere" }
  | { readonly kind: "nowhere" }
  | {
      readonly kind: "roots";
      readonly roots: readonly string[];
      readonly protected: readonly string[];
      /** Names that are protected at any depth of a root. */
      readonly anywhere: readonly string[];
      readonly rules: FileRules | undefined;
    };

/**
 * The temporary folder is TMPDIR's value, undefined where it is not set. `canonicalRoot` gives a root's place without links,
 * undefined where it has none.
 */
export function writeScope(
  policy: SandboxPolicy,
  workspaceRoots: readonly string[],
  temporaryFolder: string | undefined,
  { names, nested }: Protection,
  rules: FileRules | undefined,
  canonicalRoot: (path: string) => string | undefined,
): WriteScope {
  switch (policy.type) {
    case "dangerFullAccess":
    case "externalSandbox":
      return { kind: "everywhere" };
    case "readOnly":
      return { kind: "nowhere" };
    case "workspaceWrite": {
      const named = [
        ...workspaceRoots,
        ...policy.writableRoots,
        ...(rules?.paths.flatMap(({ path, access }) => (access === "write" ? [path] : [])) ?? []),
        ...(policy.excludeSlashTmp || process.platform === "win32" ? [] : ["/tmp"]),
        ...(policy.excludeTmpdirEnvVar || !temporaryFolder ? [] : [temporaryFolder]),
      ];
      const roots = [...new Set(named.filter(isAbsolute).flatMap((path) => canonicalRoot(path) ?? []))];
      const guarded = roots.flatMap((root) => protectedPlaces(root, names));
      return { kind: "roots", roots, protected: guarded, anywhere: nested ? names : [], rules };
    }
  }
}

/** True where the scope holds the place, which is canonical. */
export function mayWrite(scope: WriteScope, place: string): boolean {
  if (scope.kind !== "roots") return scope.kind === "everywhere";
  const root = scope.roots.find((folder) => isWithin(folder, place));
  if (root === undefined || scope.protected.some((path) => isProtected(path, place))) return false;
  const ruled = scope.rules && accessAt(scope.rules, place, canonicalOr);
  if (ruled === "read" || ruled === "deny") return false;
  const way = relative(root, place).toLowerCase().split(sep);
  return !scope.anywhere.some((name) => way.includes(name.toLowerCase()));
}

/** The names as they stand, and what they lead to where they are links. */
const protectedPlaces = (root: string, names: readonly string[]): string[] =>
  names.map((name) => join(root, name)).flatMap((path) => [path, canonical(path)].flat());

const canonicalOr = (path: string): string => canonical(path)[0] ?? path;

function canonical(path: string): string[] {
  const result = canonicalPath(path);
  return result.ok ? [result.value] : [];
}

/** Compares whole names: /repo does not hold /repo-evil. */
function isWithin(folder: string, place: string): boolean {
  const way = relative(folder, place);
  return way === "" || (way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way));
}

/** In either letter case: some file systems know only one `.git`. */
const isProtected = (path: string, place: string): boolean => isWithin(path.toLowerCase(), place.toLowerCase());
