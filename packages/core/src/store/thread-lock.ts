import { join } from "node:path";
import { fail } from "@codex/protocol/errors";
import { lockSoon, tryLock, type FileLock } from "@codex/platform/try-lock";
import { removeFile } from "@codex/platform/remove-file";
import { err, ok, type Result } from "@codex/protocol/result";
import { fileError } from "./store-error.ts";

/**
 * Takes the right to write a thread: one process at a time, ours or the original's, whose way this is.
 * It keeps `$CODEX_HOME/thread-writer-locks/<thread id>.lock` under flock(2) from the thread's start or resume to its end,
 * and removes it then; `.coordination.lock` is held while such a file is made or removed, so that nobody locks a file that
 * another is about to remove. A process that is killed leaves its file behind, unlocked. Seen on 0.169.0 with strace.
 */
export function lockThread(codexHome: string, threadId: string): Result<FileLock> {
  const path = join(codexHome, "thread-writer-locks", `${threadId}.lock`);
  const taken = coordinated(codexHome, () => tryLock(path));
  if (taken.ok) return ok({ release: () => releaseLock(codexHome, path, taken.value) });
  return err(taken.error === "busy" ? fail("threadBusy", threadId) : fileError("lock", taken.error));
}

function releaseLock(codexHome: string, path: string, lock: FileLock): void {
  const released = coordinated(codexHome, () => {
    lock.release();
    removeFile(path);
    return ok(undefined);
  });
  // Without the coordination lock the file stays: unlocked, it is in nobody's way.
  if (!released.ok) lock.release();
}

/** The coordination lock is held for well under a millisecond by anyone. */
const patience = 2000;

function coordinated<T, E>(codexHome: string, act: () => Result<T, E>): Result<T, E | LockError> {
  const coordination = lockSoon(join(codexHome, "thread-writer-locks", ".coordination.lock"), patience);
  if (!coordination.ok) return coordination;
  try {
    return act();
  } finally {
    coordination.value.release();
  }
}

type LockError = Extract<ReturnType<typeof tryLock>, { ok: false }>["error"];
