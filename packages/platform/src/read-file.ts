import { lstatSync, readFileSync, realpathSync, statSync } from "node:fs";
import { err, ok, type Result } from "@codex/protocol/result";

/** Why the machine refused, in words for people: "permission denied", "is a directory", else the system's own code. */
export type FileProblem = { readonly path: string; readonly reason: string };

const reasons: Record<string, string> = {
  EACCES: "permission denied",
  EPERM: "operation not permitted",
  EISDIR: "is a directory",
  ENOTDIR: "a parent is not a directory",
  EEXIST: "there is already something of that name",
  ENOENT: "no such file or directory",
  ELOOP: "too many symbolic links",
  EROFS: "read-only file system",
  ENOSPC: "no space left on device",
  EDQUOT: "disk quota exceeded",
  EPIPE: "broken pipe",
  EIO: "input/output error",
  EMFILE: "too many open files",
  ENAMETOOLONG: "file name too long",
};

/** Turns what a file call threw into a problem that names the path. */
export function fileProblem(path: string, thrown: unknown): FileProblem {
  const code = errorCode(thrown);
  return { path, reason: reasons[code] ?? code };
}

const errorCode = (thrown: unknown): string =>
  thrown instanceof Error && "code" in thrown ? String(thrown.code) : String(thrown);

const isAbsent = (thrown: unknown): boolean => ["ENOENT", "ENOTDIR"].includes(errorCode(thrown));

/**
 * The file as UTF-8 without a byte-order mark; undefined where there is none.
 * Synchronous on purpose: for the few small files of start-up it costs a tenth of an asynchronous read.
 */
export function readText(path: string): Result<string | undefined, FileProblem> {
  try {
    const text = readFileSync(path, "utf8");
    return ok(text.startsWith("\uFEFF") ? text.slice(1) : text);
  } catch (thrown) {
    return pathProblem(path, thrown, undefined);
  }
}

/** What a read that threw means: `absent` where nothing is there, else the problem. */
export const pathProblem = <T>(path: string, thrown: unknown, absent: T): Result<T, FileProblem> =>
  isAbsent(thrown) ? ok(absent) : err(fileProblem(path, thrown));

/** What a path leads to, symbolic links followed. A path that may not be looked at counts as absent. */
export function pathKind(path: string): "file" | "directory" | "other" | "absent" {
  try {
    const stats = statSync(path);
    return stats.isFile() ? "file" : stats.isDirectory() ? "directory" : "other";
  } catch {
    return "absent";
  }
}

/** True where the name itself is a symbolic link. */
export const isSymlink = (path: string): boolean =>
  lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ?? false;

/** The path without symbolic links, `.` and `..`; undefined where it does not exist. */
export function realPath(path: string): string | undefined {
  try {
    return realpathSync.native(path);
  } catch {
    return undefined;
  }
}
