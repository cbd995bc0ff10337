import { closeSync, existsSync, openSync } from "node:fs";
import { lockDescriptor, unlockDescriptor } from "./libc.ts";
import type { FileLock } from "./try-lock.ts";

/**
 * Locks a file with flock(2), making it if need be. Undefined where another holds it and `wait` is false. Throws where the file
 * cannot be opened. Linux only; see `tryLock` for a lock on every system.
 */
export function lockFile(path: string, mode: "shared" | "exclusive", wait: boolean): FileLock | undefined {
  const fd = openSync(path, "a+", 0o600);
  if (lockDescriptor(fd, mode, wait) >= 0) return { release: () => release(fd) };
  closeSync(fd);
  return undefined;
}

/** As `lockFile`, shared; undefined where there is no such file. */
export const joinLock = (path: string): FileLock | undefined =>
  existsSync(path) ? lockFile(path, "shared", true) : undefined;

/** Unlocks too, since a child that is just being started has the descriptor as well. */
function release(fd: number): void {
  unlockDescriptor(fd);
  closeSync(fd);
}
