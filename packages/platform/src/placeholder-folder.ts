import { closeSync, constants, fstatSync, lstatSync, mkdirSync, openSync, rmdirSync, type Stats } from "node:fs";
import { lockDescriptor, unlockDescriptor } from "./libc.ts";

/**
 * An empty folder that stands where nothing must come into being, for as long as anybody needs it: processes of any user.
 *
 * It is known as such by its sticky bit, which nobody gives to an empty folder of this kind, and every holder keeps a shared
 * flock(2) on it. Who can lock it for himself alone is the last and removes it. The kernel frees the locks of the dead, so what
 * a crash leaves behind goes with the next holder. Linux only.
 */
export type HeldFolder = { release(): void };

/**
 * Makes the folder or joins those who hold it. "exists": something else is there, of the user's. "impossible": we may not make it,
 * so neither may a program with our rights or fewer. Throws where only circumstances prevent it (a full disk).
 */
export function holdPlaceholder(path: string): HeldFolder | "exists" | "impossible" {
  for (;;) {
    const made = make(path);
    if (made === "impossible") return made;
    const facts = lstatSync(path, { throwIfNoEntry: false });
    // Between two calls its last holder may have removed it: then it is made again.
    if (facts === undefined) continue;
    if (!isPlaceholder(facts)) return "exists";
    const folder = join(path);
    if (folder !== undefined) return { release: () => release(path, folder) };
  }
}

const placeholderMode = 0o1755;

const isPlaceholder = (facts: Stats): boolean => facts.isDirectory() && (facts.mode & 0o1000) !== 0;

const impossible = new Set(["EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR"]);

function make(path: string): "there" | "impossible" {
  try {
    mkdirSync(path, { mode: placeholderMode });
    return "there";
  } catch (thrown) {
    const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
    if (code === "EEXIST") return "there";
    if (impossible.has(code)) return "impossible";
    throw thrown;
  }
}

/** The folder's descriptor with our share of the lock; undefined where it was removed meanwhile. */
function join(path: string): number | undefined {
  const folder = open(path);
  if (folder === undefined) return undefined;
  lockDescriptor(folder, "shared", true);
  if (isStill(path, folder)) return folder;
  close(folder);
  return undefined;
}

function release(path: string, ours: number): void {
  close(ours);
  const folder = open(path);
  if (folder === undefined) return;
  try {
    if (lockDescriptor(folder, "exclusive", false) >= 0 && isStill(path, folder)) rmdirSync(path);
  } catch {
    // Somebody has put something into it, or it is another user's: then it stays.
  } finally {
    close(folder);
  }
}

function open(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  } catch (thrown) {
    if (thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT") return undefined;
    throw thrown;
  }
}

function isStill(path: string, folder: number): boolean {
  const there = lstatSync(path, { throwIfNoEntry: false });
  const ours = fstatSync(folder);
  return there !== undefined && isPlaceholder(there) && there.dev === ours.dev && there.ino === ours.ino;
}

/** Unlocks too, since a child that is just being started has the descriptor as well. */
function close(folder: number): void {
  unlockDescriptor(folder);
  closeSync(folder);
}
