import { join } from "node:path";
import { removeFile } from "@codex/platform/remove-file";
import { readText } from "@codex/platform/read-file";
import { lockSoon } from "@codex/platform/try-lock";
import { makePrivateFolder, writeAtomic } from "@codex/platform/write-atomic";
import { isObject, parseJson } from "@codex/protocol/json";
import type { QueuedSubmission } from "@codex/protocol/queued-submission";
import { err, ok, type Result } from "@codex/protocol/result";
import { fileError } from "./store-error.ts";

/** What waits to be said in a thread, first things first: `$CODEX_HOME/codex-ts-queues/<thread id>.json`. */
const folderOf = (codexHome: string): string => join(codexHome, "codex-ts-queues");
const fileOf = (codexHome: string, threadId: string): string => join(folderOf(codexHome), `${threadId}.json`);

export function readQueue(codexHome: string, threadId: string): QueuedSubmission[] {
  const text = readText(fileOf(codexHome, threadId));
  const items = text.ok && text.value !== undefined ? parseJson(text.value) : undefined;
  return Array.isArray(items) ? (items.filter((item) => isObject(item)) as QueuedSubmission[]) : [];
}

/** Milliseconds; the lock is held for one small file's reading and writing. */
const patience = 2000;

/** Changes a queue, alone: other processes may add to it at the same time. An empty one leaves no file. */
export function changeQueue<T>(
  codexHome: string,
  threadId: string,
  change: (items: QueuedSubmission[]) => Result<{ items: QueuedSubmission[]; value: T }>,
): Result<T> {
  const made = makePrivateFolder(folderOf(codexHome));
  if (!made.ok) return err(fileError("make", made.error));
  const path = fileOf(codexHome, threadId);
  const lock = lockSoon(join(folderOf(codexHome), ".lock"), patience);
  if (!lock.ok) {
    const reason = lock.error === "busy" ? "another process holds its lock" : lock.error.reason;
    return err(fileError("lock", { path, reason }));
  }
  try {
    const changed = change(readQueue(codexHome, threadId));
    if (!changed.ok) return changed;
    const { items, value } = changed.value;
    const written = items.length === 0 ? removeFile(path) : writeAtomic(path, JSON.stringify(items));
    return written.ok ? ok(value) : err(fileError("write to", written.error));
  } finally {
    lock.value.release();
  }
}

export const forgetQueue = (codexHome: string, threadId: string): void => void removeFile(fileOf(codexHome, threadId));
