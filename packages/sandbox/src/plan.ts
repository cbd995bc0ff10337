import { isAbsolute, join, resolve } from "node:path";
import type { Session } from "./launcher.ts";
import type { MachineFacts } from "./machine-facts.ts";
import type { Mount } from "./mount.ts";
import { ruledMounts, sealedPlaces } from "./permissions/plan-rules.ts";
import type { SandboxSettings } from "./settings.ts";

/**
 * How to confine a command. Everything is readable and nothing writable but what `mounts` say: they are in the order to be
 * made, and where they overlap the innermost holds.
 */
export type Plan =
  | { readonly type: "unconfined" }
  | {
      readonly type: "confined";
      readonly network: boolean;
      readonly mounts: readonly Mount[];
      /** Names that must not come into being: an empty folder is put there, and a `read` mount on it. */
      readonly placeholders: readonly string[];
      /** Symbolic links that must stay what they are. */
      readonly links: readonly { readonly path: string; readonly target: string }[];
    };

/**
 * Names at the top of a writable folder that stay read-only: what is in them is executed or obeyed later, outside the sandbox
 * (hooks, settings, instructions, credentials helpers).
 */
export const protectedNames = [".git", ".agents", ".codex", ".aws"] as const;

export type ConfinedPlan = Extract<Plan, { type: "confined" }>;

/** Which names stay read-only in writable folders. */
export type Protection = {
  readonly names: readonly string[];
  /** Also wherever they are below now, not only at the top. */
  readonly nested: boolean;
};

/** With what the person adds in the config. */
export const protectionOf = (settings: SandboxSettings | undefined): Protection => ({
  names: [...new Set([...protectedNames, ...(settings?.protected_names ?? [])])],
  nested: settings?.protect_nested ?? false,
});

/** Pure: the same session and facts give the same plan. */
export function planLaunch(session: Session, machine: MachineFacts, protection = protectionOf(undefined)): Plan {
  const { policy, gate } = session;
  const network = (own: boolean): boolean => own || gate?.rules.allowUnixSockets === true;
  switch (policy.type) {
    case "dangerFullAccess":
    case "externalSandbox":
      return { type: "unconfined" };
    case "readOnly":
    case "workspaceWrite":
      if (session.left) return opened(session, network(policy.networkAccess), machine);
      return confined(session, network(policy.networkAccess), machine, protection);
  }
}

function confined(session: Session, network: boolean, machine: MachineFacts, { names, nested }: Protection): Plan {
  const closed = session.rules ? sealedPlaces(session.rules, machine) : [];
  const roots = writableRoots(session, machine).filter((root) => !closed.some((folder) => isInside(root, folder)));
  // A person who names a protected folder as a root of their own means it.
  const isOwnRoot = (path: string): boolean => roots.includes(path);
  // A root may also be a single file.
  const folders = roots.filter((root) => machine.look(root).kind !== "file");
  const places = folders.flatMap((root) => [
    ...names.map((name) => join(root, name)),
    ...(nested ? machine.findNamed(root, names) : []),
  ]);
  const guards = [...new Set(places)].filter((path) => !isOwnRoot(path)).map((path) => guard(path, roots, machine));
  const guarded = [...guards.flatMap(({ read }) => read), ...ownHome(roots, machine)].filter(
    (path) => !isOwnRoot(path),
  );
  const access = new Map<string, Mount["access"]>();
  for (const root of roots) access.set(root, "write");
  for (const path of guarded) access.set(path, "read");
  for (const [path, ruled] of session.rules ? ruledMounts(session.rules, roots, machine) : []) access.set(path, ruled);
  if (network) for (const path of machine.sockets) access.set(path, "hidden");
  return {
    type: "confined",
    network,
    mounts: inOrder([...access].map(([path, access]) => ({ path, access }))),
    placeholders: guards.flatMap(({ placeholders }) => placeholders),
    links: guards.flatMap(({ links }) => links),
  };
}

/** The whole machine but its kernel's files, and but for what must not be read. */
function opened({ rules }: Session, network: boolean, machine: MachineFacts): Plan {
  const tops = machine.list("/").map((name) => join("/", name));
  const writable = tops.filter((path) => !kernelFolders.has(path) && machine.look(path).kind === "directory");
  const access = new Map<string, Mount["access"]>(writable.map((path) => [path, "write"]));
  const denied = rules ? ruledMounts({ ...rules, readsAll: true }, writable, machine) : [];
  for (const [path, ruled] of denied) if (ruled !== "read" || isWithinDenied(path, denied)) access.set(path, ruled);
  const mounts = inOrder([...access].map(([path, access]) => ({ path, access })));
  return { type: "confined", network, mounts, placeholders: [], links: [] };
}

const kernelFolders = new Set(["/dev", "/proc", "/sys"]);

/** Of what may only be read, just that counts which is an opening in what is denied. */
const isWithinDenied = (path: string, mounts: Iterable<[string, Mount["access"]]>): boolean =>
  [...mounts].some(([folder, access]) => access === "denied" && isInside(path, folder));

/** Our settings and records, where they lie in a writable folder. */
function ownHome(roots: readonly string[], machine: MachineFacts): string[] {
  const home = machine.realPath(machine.codexHome);
  return home !== undefined && roots.some((root) => isInside(home, root)) ? [home] : [];
}

/** Outer before inner, so that a mount is not hidden by a later one around it. */
export const inOrder = (mounts: readonly Mount[]): Mount[] =>
  [...mounts].sort((a, b) => depth(a.path) - depth(b.path) || (a.path < b.path ? -1 : 1));

const depth = (path: string): number => path.split("/").filter((part) => part !== "").length;

/** The roots of a session that exist, without links, each once. */
function writableRoots(session: Session, machine: MachineFacts): string[] {
  const { policy, workspaceRoots, rules } = session;
  if (policy.type !== "workspaceWrite") return [];
  const wanted = [
    ...workspaceRoots,
    ...policy.writableRoots,
    ...(policy.excludeSlashTmp ? [] : ["/tmp"]),
    ...(policy.excludeTmpdirEnvVar || machine.tmpdir === undefined ? [] : [machine.tmpdir]),
    join(machine.codexHome, "memories"),
    ...(rules?.paths.flatMap(({ path, access }) => (access === "write" ? [path] : [])) ?? []),
  ];
  return trusted(
    wanted.filter(isAbsolute).map((path) => resolve(path)),
    machine,
  );
}

/**
 * A root inside another may have been replaced by a link in an earlier command of this session: it counts only while it still
 * leads into that other one.
 */
function trusted(paths: readonly string[], machine: MachineFacts): string[] {
  const roots: { path: string; real: string }[] = [];
  for (const path of [...new Set(paths)].sort((a, b) => depth(a) - depth(b))) {
    const real = machine.realPath(path);
    if (real === undefined) continue;
    const around = roots.filter((root) => isInside(path, root.path) || isInside(path, root.real));
    if (around.every((root) => isInside(real, root.real))) roots.push({ path, real });
  }
  return [...new Set(roots.map(({ real }) => real))];
}

/** True also for the folder itself. */
const isInside = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);

type Guard = { read: string[]; placeholders: string[]; links: { path: string; target: string }[] };

function guard(path: string, roots: readonly string[], machine: MachineFacts): Guard {
  const facts = machine.look(path);
  const isWritable = (target: string): boolean => roots.some((root) => isInside(target, root));
  switch (facts.kind) {
    case "missing":
      return { read: [], placeholders: [path], links: [] };
    case "link": {
      const { target } = facts;
      const link = { path, target };
      if (!isWritable(target)) return { read: [], placeholders: [], links: [link] };
      const isMissing = machine.look(target).kind === "missing";
      return { read: isMissing ? [] : [target], placeholders: isMissing ? [target] : [], links: [link] };
    }
    case "file":
      return { read: [path, ...machine.gitFolders(path).filter(isWritable)], placeholders: [], links: [] };
    case "directory":
    case "other":
      return { read: [path], placeholders: [], links: [] };
  }
}
