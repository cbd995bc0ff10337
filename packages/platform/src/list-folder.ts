import { readdirSync, statSync } from "node:fs";
import { ok, type Result } from "@codex/protocol/result";
import { join } from "node:path";
import { pathProblem, type FileProblem } from "./read-file.ts";

/** The names in a folder, in no order; none where there is no folder or it may not be read. */
export function listFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

/** The same where it matters that a folder could not be read: only what is not there, or no folder, is empty. */
export function readFolder(path: string): Result<string[], FileProblem> {
  try {
    return ok(readdirSync(path));
  } catch (thrown) {
    return pathProblem(path, thrown, []);
  }
}

/** A file's size in bytes and the time of its last change in Unix milliseconds; undefined where there is none. */
export function fileFacts(path: string): { size: number; changedMs: number } | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  return stats === undefined ? undefined : { size: stats.size, changedMs: stats.mtimeMs };
}

/** Names with what they are, links followed; none where there is no folder. */
export function listEntries(path: string): { name: string; isDirectory: boolean }[] {
  return listFolder(path).map((name) => ({
    name,
    isDirectory: statSync(join(path, name), { throwIfNoEntry: false })?.isDirectory() ?? false,
  }));
}
