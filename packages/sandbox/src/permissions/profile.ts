import { isTable } from "@codex/config/config-value";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";

/** What may be done with the files at a place. */
export type Access = "read" | "write" | "deny";

/** One line of a profile. `sub`: a path or glob below each workspace root; "." is the root itself. */
export type ProfileEntry = { readonly access: Access } & (
  | { readonly place: "root" | "minimal" | "tmpdir" | "slash_tmp" }
  | { readonly place: "workspace_roots"; readonly sub: string }
  /** Absolute; may be a glob. */
  | { readonly place: "path"; readonly path: string }
);

/** A named permission profile with what it extends, later entries over earlier ones for the same place. */
export type PermissionProfile = {
  readonly name: string;
  readonly unconfined: boolean;
  readonly entries: readonly ProfileEntry[];
  readonly network: boolean;
  /** How many folders deep globs are looked for; no bound where undefined. */
  readonly scanDepth: number | undefined;
  /** What `:tmpdir` is: the value of TMPDIR where it is set. */
  readonly tmpdir?: string | undefined;
};

const builtIn: { readonly [name: string]: Omit<PermissionProfile, "name"> | undefined } = {
  ":read-only": profileWith([{ place: "root", access: "read" }]),
  ":workspace": profileWith([
    { place: "root", access: "read" },
    { place: "workspace_roots", sub: ".", access: "write" },
    { place: "slash_tmp", access: "write" },
    { place: "tmpdir", access: "write" },
  ]),
  ":danger-full-access": { ...profileWith([{ place: "root", access: "write" }]), unconfined: true, network: true },
};

function profileWith(entries: readonly ProfileEntry[]): Omit<PermissionProfile, "name"> {
  return { unconfined: false, entries, network: false, scanDepth: undefined };
}

/** `[permissions.*]` as far as it is about files. */
export type WrittenProfiles = {
  readonly [name: string]: {
    readonly extends?: string | undefined;
    readonly filesystem?:
      | { readonly glob_scan_max_depth?: number | undefined; readonly [place: string]: unknown }
      | undefined;
    readonly network?: { readonly enabled?: boolean | undefined } | undefined;
  };
};

/** The profile of a name, read from `[permissions.*]`. Messages begin as the original's. */
export function readProfile(
  name: string,
  permissions: WrittenProfiles | undefined,
  home: string,
  below: readonly string[] = [],
): Result<PermissionProfile> {
  if (name.startsWith(":")) return readBuiltIn(name);
  const written = permissions && Object.hasOwn(permissions, name) ? permissions[name] : undefined;
  if (written === undefined) return problem(`default_permissions refers to undefined profile \`${name}\``);
  if (below.includes(name)) return problem(`permissions.${name} extends itself; take out one \`extends\``);
  const base =
    written.extends === undefined
      ? ok(profileWith([]))
      : readProfile(written.extends, permissions, home, [...below, name]);
  if (!base.ok) return base;
  const { glob_scan_max_depth: depth, ...places } = written.filesystem ?? {};
  const entries = readEntries(`permissions.${name}.filesystem`, places, home);
  if (!entries.ok) return entries;
  return ok({
    name,
    unconfined: base.value.unconfined && entries.value.length === 0,
    entries: [...base.value.entries, ...entries.value],
    network: written.network?.enabled ?? base.value.network,
    scanDepth: depth ?? base.value.scanDepth,
  });
}

function readBuiltIn(name: string): Result<PermissionProfile> {
  const known = Object.hasOwn(builtIn, name) ? builtIn[name] : undefined;
  if (known !== undefined) return ok({ ...known, name });
  return problem(`default_permissions refers to unknown built-in profile \`${name}\``);
}

const problem = (message: string): Result<never> => err(fail("usage", `Error: ${message}`));

function readEntries(place: string, table: Readonly<Record<string, unknown>>, home: string): Result<ProfileEntry[]> {
  const entries: ProfileEntry[] = [];
  for (const [key, value] of Object.entries(table)) {
    const pairs: [string, unknown][] = isTable(value) ? Object.entries(value) : [[".", value]];
    for (const [sub, access] of pairs) {
      const entry = isAccess(access) ? readEntry(key, sub, access, home) : undefined;
      if (entry === undefined)
        return problem(`${place}: \`${key}\` = ${JSON.stringify(value)} is no rule; ${rulesAre}`);
      entries.push(entry);
    }
  }
  return ok(entries);
}

const rulesAre =
  "a place (an absolute path or glob, `~/…`, :root, :minimal, :tmpdir, :slash_tmp, :workspace_roots) has read, write or deny";

const isAccess = (value: unknown): value is Access => value === "read" || value === "write" || value === "deny";

function readEntry(key: string, sub: string, access: Access, home: string): ProfileEntry | undefined {
  if (key === ":workspace_roots" || key === ":project_roots") return { place: "workspace_roots", sub, access };
  const path = key === "~" || key.startsWith("~/") ? home + key.slice(1) : key;
  if (path.startsWith("/")) return { place: "path", path: sub === "." ? path : `${path}/${sub}`, access };
  const name = key.slice(1);
  const isSpecial = name === "root" || name === "minimal" || name === "tmpdir" || name === "slash_tmp";
  return key.startsWith(":") && isSpecial && sub === "." ? { place: name, access } : undefined;
}
