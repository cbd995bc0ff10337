import { closeSync, mkdirSync, openSync } from "node:fs";
import { dirname } from "node:path";
import { err, ok, type Result } from "@codex/protocol/result";
import { openLibc } from "./open-libc.ts";
import { fileProblem, type FileProblem } from "./read-file.ts";

/** A lock that the system takes back when the process ends, however it ends. The file stays. */
export type FileLock = { release(): void };

/**
 * Locks a file for this holder alone with flock(2), without waiting; makes the file and its folders where they are missing. A second lock
 * conflicts within one process too, and children do not inherit it. Windows has no flock: there every lock succeeds and
 * keeps nobody out.
 */
export function tryLock(path: string, mode = 0o666): Result<FileLock, "busy" | FileProblem> {
  try {
    mkdirSync(dirname(path), { recursive: true });
    const file = openSync(path, "a", mode);
    if (flock(file, exclusive | withoutWaiting) === 0) return ok({ release: () => releaseLock(file) });
    closeSync(file);
    return err("busy");
  } catch (thrown) {
    return err(fileProblem(path, thrown));
  }
}

/** As `tryLock`, trying again for up to `patience` milliseconds. Blocks: for locks that are held for moments. */
export function lockSoon(path: string, patience: number): Result<FileLock, "busy" | FileProblem> {
  const end = performance.now() + patience;
  for (;;) {
    const lock = tryLock(path);
    if (lock.ok || lock.error !== "busy" || performance.now() >= end) return lock;
    Bun.sleepSync(2);
  }
}

/** As `tryLock`, trying again for up to `patience` milliseconds without blocking: for locks that are held over a request. */
export async function lockPatiently(
  path: string,
  patience: number,
  mode?: number,
): Promise<Result<FileLock, "busy" | FileProblem>> {
  const end = performance.now() + patience;
  for (;;) {
    const lock = tryLock(path, mode);
    if (lock.ok || lock.error !== "busy" || performance.now() >= end) return lock;
    await Bun.sleep(15);
  }
}

/** As `lockSoon`, for a folder that exists: it leaves no file behind. */
export function lockFolder(path: string, patience: number): Result<FileLock, "busy"> {
  const end = performance.now() + patience;
  const folder = openSync(path, "r");
  for (;;) {
    if (flock(folder, exclusive | withoutWaiting) === 0) return ok({ release: () => releaseLock(folder) });
    if (performance.now() >= end) break;
    Bun.sleepSync(5);
  }
  closeSync(folder);
  return err("busy");
}

/** Unlocks too: a child that is just being started has the descriptor until it runs its program, and with it the lock. */
function releaseLock(file: number): void {
  flock(file, unlock);
  closeSync(file);
}

/** LOCK_EX, LOCK_NB and LOCK_UN, the same on Linux and macOS. */
const exclusive = 2;
const withoutWaiting = 4;
const unlock = 8;

let libc: { flock(file: number, operation: number): number } | undefined;

/** 0 where it was done. */
function flock(file: number, operation: number): number {
  if (process.platform === "win32") return 0;
  libc ??= openLibc({ flock: { args: ["i32", "i32"], returns: "i32" } });
  return libc.flock(file, operation);
}
