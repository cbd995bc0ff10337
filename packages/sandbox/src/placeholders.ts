import { createHash } from "node:crypto";
import { join } from "node:path";
import { makeEmptyFolder, removeEmptyFolder, type MadeFolder } from "@codex/platform/empty-folder";
import { joinLock, lockFile } from "@codex/platform/file-lock";
import { listFolder, removeFile } from "@codex/platform/list-folder";
import { readText } from "@codex/platform/read-file";
import type { FileLock } from "@codex/platform/try-lock";
import { makePrivateFolder } from "@codex/platform/write-atomic";
import { writePlain } from "@codex/platform/write-plain";

/**
 * Empty folders that stand where a protected name is missing, so that a command cannot make it, for as long as a command of
 * any process needs them. Each has a record: a file on which every holder keeps a shared lock. Who finds no other holder
 * removes folder and record. The kernel frees the locks of the dead: what a crash leaves is cleared by the next command.
 */
export type Placeholders = {
  /**
   * Makes those of `missing` that are still missing, and keeps others from removing what they made of `existing`.
   * `standing`: those of `missing` that exist now. Call `release` once. Throws where the disk does not allow it.
   */
  hold(
    missing: readonly string[],
    existing: readonly string[],
  ): { readonly standing: readonly string[]; release(): void };
};

/** `folder` holds the records; commands must not be able to write there. */
export function placeholdersIn(folder: string): Placeholders {
  let swept = false;
  return {
    hold(missing, existing) {
      if (missing.length === 0 && existing.length === 0) return { standing: [], release: () => {} };
      makePrivateFolder(folder);
      return underLock(folder, () => {
        if (!swept) for (const name of listFolder(folder)) if (name.endsWith(suffix)) clear(join(folder, name));
        swept = true;
        return holdIn(folder, missing, existing);
      });
    },
  };
}

const suffix = ".made";

type Held = { readonly record: string; readonly lock: FileLock };

function holdIn(folder: string, missing: readonly string[], existing: readonly string[]) {
  const recordOf = (path: string): string =>
    join(folder, `${createHash("sha256").update(path).digest("hex").slice(0, 32)}${suffix}`);
  const held: Held[] = [];
  const release = (): void =>
    underLock(folder, () => {
      for (const { lock } of held) lock.release();
      for (const { record } of held) clear(record);
    });
  try {
    const standing = missing.filter((path) => make(path, recordOf(path)));
    for (const path of [...standing, ...existing]) {
      const record = recordOf(path);
      const lock = joinLock(record);
      if (lock !== undefined) held.push({ record, lock });
    }
    return { standing, release };
  } catch (error) {
    for (const { lock } of held) lock.release();
    throw error;
  }
}

/** True if something stands at `path` afterwards. */
function make(path: string, record: string): boolean {
  const made = makeEmptyFolder(path);
  if (typeof made !== "object") return made === "exists";
  try {
    writePlain(record, JSON.stringify(made));
    return true;
  } catch (error) {
    removeEmptyFolder(made);
    throw error;
  }
}

/** Removes a folder that we made, and its record, unless somebody still holds it. The lock on all records must be held. */
function clear(record: string): void {
  const lock = lockFile(record, "exclusive", false);
  if (lock === undefined) return;
  const made = madeFolder(record);
  if (made !== undefined) removeEmptyFolder(made);
  removeFile(record);
  lock.release();
}

function madeFolder(record: string): MadeFolder | undefined {
  const text = readText(record);
  const entry = text.ok && text.value !== undefined ? parse(text.value) : undefined;
  return isMadeFolder(entry) ? entry : undefined;
}

/** Undefined where the text was cut short by a crash. */
function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isMadeFolder = (value: unknown): value is MadeFolder =>
  typeof value === "object" && value !== null && "path" in value && "inode" in value;

/** What is done under it takes well under a millisecond, so waiting for other processes is no matter. */
function underLock<T>(folder: string, work: () => T): T {
  const lock = lockFile(join(folder, "lock"), "exclusive", true);
  try {
    return work();
  } finally {
    lock?.release();
  }
}
