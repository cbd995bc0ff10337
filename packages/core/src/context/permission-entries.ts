import { protectedNames } from "@codex/sandbox/plan";
import type { SandboxPolicy } from "@codex/protocol/thread";

/** One rule of a restricted file system, in the order in which the original 0.169.0 lists them. */
export type PermissionEntry = { readonly access: "read" | "write" } & (
  | { readonly special: "root" | "slash_tmp" | "tmpdir" }
  /** `protected`: read-only inside a writable root, also where it does not exist. */
  | { readonly path: string; readonly protected: boolean }
);

/** The folders that a thread may write besides the temporary ones. */
export const rootsOf = (policy: SandboxPolicy, workspaceRoots: readonly string[]): string[] =>
  policy.type === "workspaceWrite" ? [...new Set([...workspaceRoots, ...policy.writableRoots])] : [...workspaceRoots];

/** The rules of a policy; undefined where it restricts no files. */
export function permissionEntries(
  policy: SandboxPolicy,
  workspaceRoots: readonly string[],
): PermissionEntry[] | undefined {
  if (policy.type === "dangerFullAccess" || policy.type === "externalSandbox") return undefined;
  const readAll: PermissionEntry = { access: "read", special: "root" };
  if (policy.type === "readOnly") return [readAll];
  const roots = rootsOf(policy, workspaceRoots);
  return [
    readAll,
    ...roots.map((path): PermissionEntry => ({ access: "write", path, protected: false })),
    ...(policy.excludeSlashTmp ? [] : [{ access: "write", special: "slash_tmp" } as const]),
    ...(policy.excludeTmpdirEnvVar ? [] : [{ access: "write", special: "tmpdir" } as const]),
    ...protectedNames.flatMap((name) =>
      roots.map((root): PermissionEntry => ({
        access: "read",
        path: `${root === "/" ? "" : root}/${name}`,
        protected: true,
      })),
    ),
  ];
}
