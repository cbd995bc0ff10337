import { fail } from "@codex/protocol/errors";
import { isObject } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { OptionalNull, Words } from "@codex/protocol/schema";
import { Type as T, type Static } from "@sinclair/typebox";
import type { Session } from "@codex/sandbox/launcher";
import { fileRules, nearestPolicy } from "@codex/sandbox/permissions/file-rules";
import { readPermissionProfile } from "@codex/sandbox/permissions/read-sandbox-state";
import type { PermissionProfile } from "@codex/sandbox/permissions/profile";
import { pathOf } from "../file-uri.ts";

/** What a client says of the sandbox, with fields that mean nothing here left as they are. Shape: the original 0.169.0. */
export const SandboxContext = T.Object(
  {
    permissions: T.Object({ type: Words(["managed", "disabled", "external"]) }),
    cwd: OptionalNull(T.String()),
    workspaceRoots: OptionalNull(T.Array(T.String())),
  },
  { title: "FileSystemSandboxContext" },
);

export type SandboxContext = Static<typeof SandboxContext>;

export type WantedSandbox = { readonly profile: PermissionProfile; readonly roots: readonly string[] };

/** Undefined where nothing is to be confined. */
export function readContext(
  context: SandboxContext | null | undefined,
  cwd: string | undefined,
): Result<WantedSandbox | undefined> {
  if (!context) return ok(undefined);
  const permissions = withPaths(context.permissions);
  if (!permissions.ok) return permissions;
  const profile = readPermissionProfile(permissions.value);
  if (!profile.ok) return err(fail("invalidParams", `\`sandbox.permissions\` cannot be used: ${profile.error}`));
  if (profile.value.unconfined) return ok(undefined);
  const uris = context.workspaceRoots ?? (context.cwd ? [context.cwd] : []);
  const roots: string[] = [];
  for (const uri of uris) {
    const root = pathOf(uri);
    if (!root.ok) return root;
    roots.push(root.value);
  }
  const given = roots.length > 0 || cwd === undefined ? roots : [cwd];
  return ok({ profile: profile.value, roots: given });
}

/** For the launcher. */
export const sessionOf = ({ profile, roots }: WantedSandbox): Session => ({
  policy: nearestPolicy(profile),
  workspaceRoots: roots,
  rules: fileRules(profile, roots),
});

/** Entries name paths by URIs here, and by plain paths everywhere else. */
function withPaths(permissions: unknown): Result<unknown> {
  if (!isObject(permissions) || !isObject(permissions["file_system"])) return ok(permissions);
  const files = permissions["file_system"];
  if (!Array.isArray(files["entries"])) return ok(permissions);
  const entries: unknown[] = [];
  for (const entry of files["entries"]) {
    const place = isObject(entry) ? entry["path"] : undefined;
    if (!isObject(entry) || !isObject(place) || place["type"] !== "path" || typeof place["path"] !== "string") {
      entries.push(entry);
      continue;
    }
    const path = pathOf(place["path"]);
    if (!path.ok) return path;
    const access = entry["access"] === "none" ? "deny" : entry["access"];
    entries.push({ ...entry, access, path: { ...place, path: path.value } });
  }
  return ok({ ...permissions, file_system: { ...files, entries } });
}
