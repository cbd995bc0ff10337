import { readdir, realpath, stat } from "node:fs/promises";
import { join } from "node:path";
import { err, ok, type Result } from "@codex/protocol/result";
import { type FileError, fileErrorOf } from "./file-error.ts";

export type WalkLimits = {
  /** 0 for what is in the folder itself. */
  readonly maxDepth: number;
  /** Folders that are read, the first one included. */
  readonly maxDirectories: number;
  readonly maxEntries: number;
  readonly followDirectorySymlinks: boolean;
  /** Folders whose name begins with a dot are told of and not entered. */
  readonly pruneHiddenDirectories: boolean;
};

export type WalkOutcome = {
  readonly entries: readonly { readonly path: string; readonly kind: "file" | "directory" }[];
  /** Folders that could not be read. */
  readonly errors: readonly { readonly path: string; readonly message: string }[];
  /** A limit left something out. `maxDepth` is none: it is how deep the caller wants to see. */
  readonly truncated: boolean;
};

/** What is below a folder, level by level, each in the order of the names. Links count only where they lead to folders that are followed. */
export async function walkFolder(root: string, limits: WalkLimits): Promise<Result<WalkOutcome, FileError>> {
  const entries: { path: string; kind: "file" | "directory" }[] = [];
  const errors: { path: string; message: string }[] = [];
  const outcome = (truncated: boolean): Result<WalkOutcome, FileError> => ok({ entries, errors, truncated });
  try {
    if (!(await stat(root)).isDirectory()) return outcome(false);
  } catch (error) {
    return err(fileErrorOf(error));
  }
  // A link to a folder above itself would lead round and round.
  const seen = new Set([await realpath(root)]);
  const folders = [{ path: root, depth: 0 }];
  for (let next = 0; next < folders.length; next++) {
    if (next >= limits.maxDirectories) return outcome(true);
    const { path: folder, depth } = folders[next] ?? { path: root, depth: 0 };
    const read = await entriesOf(folder);
    if (!read.ok) {
      if (folder === root) return read;
      errors.push({ path: folder, message: read.error.message });
      continue;
    }
    for (const entry of read.value) {
      const path = join(folder, entry.name);
      const kind = await kindOf(path, entry, limits.followDirectorySymlinks);
      if (kind === undefined) continue;
      if (entries.length >= limits.maxEntries) return outcome(true);
      entries.push({ path, kind });
      if (kind === "file" || depth >= limits.maxDepth) continue;
      if (limits.pruneHiddenDirectories && entry.name.startsWith(".")) continue;
      const real = await realpath(path).catch(() => undefined);
      if (real === undefined || seen.has(real)) continue;
      seen.add(real);
      folders.push({ path, depth: depth + 1 });
    }
  }
  return outcome(false);
}

type Entry = { readonly name: string; isFile(): boolean; isDirectory(): boolean; isSymbolicLink(): boolean };

async function entriesOf(folder: string): Promise<Result<Entry[], FileError>> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return ok(entries.sort((a, b) => (a.name < b.name ? -1 : 1)));
  } catch (error) {
    return err(fileErrorOf(error));
  }
}

async function kindOf(path: string, entry: Entry, follows: boolean): Promise<"file" | "directory" | undefined> {
  if (entry.isFile()) return "file";
  if (entry.isDirectory()) return "directory";
  if (!entry.isSymbolicLink() || !follows) return undefined;
  const led = await stat(path).catch(() => undefined);
  return led?.isDirectory() ? "directory" : undefined;
}
