import { lstatSync, readlinkSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { realPath } from "./read-file.ts";

/** What stands at a path, the last link not followed. `target` is where a link leads, absolute, even if nothing is there. */
export type PathFacts =
  | { readonly kind: "missing" }
  | { readonly kind: "file" | "directory" | "other" }
  | { readonly kind: "link"; readonly target: string };

/** A path that may not be looked at counts as missing: nobody of our user can make anything there either. */
export function lookAtPath(path: string): PathFacts {
  try {
    const stats = lstatSync(path);
    if (stats.isSymbolicLink()) {
      return { kind: "link", target: realPath(path) ?? resolve(dirname(path), readlinkSync(path)) };
    }
    return { kind: stats.isFile() ? "file" : stats.isDirectory() ? "directory" : "other" };
  } catch {
    return { kind: "missing" };
  }
}

/**
 * The folders that a `.git` file points to, as worktrees and submodules have them: its own and the one it shares with others.
 * Empty where it is no such file.
 */
export function gitFolders(pointer: string): string[] {
  const folder = pathIn(pointer, /^gitdir: (.+)$/m, dirname(pointer));
  if (folder === undefined) return [];
  const shared = pathIn(join(folder, "commondir"), /^(.+)$/m, folder);
  return shared === undefined ? [folder] : [folder, shared];
}

function pathIn(file: string, pattern: RegExp, base: string): string | undefined {
  try {
    const path = pattern.exec(readFileSync(file, "utf8"))?.[1];
    return path === undefined ? undefined : realPath(resolve(base, path));
  } catch {
    return undefined;
  }
}

/** True for a Unix socket. */
export const isSocket = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isSocket() ?? false;

/**
 * What of /proc belongs to the machine and not to a process, and can be written by somebody: `sys`, `irq`, `sysrq-trigger` and so
 * on. The same for as long as the machine runs, and a few milliseconds of looking.
 */
export const machineFilesInProc = (): string[] =>
  readdirSync("/proc")
    .filter((name) => name === "sys" || (!/^\d+$/.test(name) && holdsWritable(join("/proc", name), maxDepth)))
    .map((name) => join("/proc", name));

const maxDepth = 4;

/** True where it could not be looked into, or not to the end. Links are not followed. */
function holdsWritable(path: string, depth: number): boolean {
  try {
    const stats = lstatSync(path);
    if (stats.isFile()) return (stats.mode & 0o222) !== 0;
    if (!stats.isDirectory()) return false;
    return depth === 0 || readdirSync(path).some((name) => holdsWritable(join(path, name), depth - 1));
  } catch {
    return true;
  }
}
