import { closeSync, constants, fstatSync, lstatSync, mkdirSync, openSync, rmdirSync, type Stats } from "node:fs";
import { lockDescriptor, unlockDescriptor } from "./libc.ts";

/**
 * An empty folder that stands where nothing must come into being, for as long as anybody needs it: processes of any user.
 *
 * It is known as such by its sticky bit, which nobody gives to an empty folder of this kind, and every holder keeps a shared
 * flock(2) on it. Who can lock it for himself alone is the last and removes it. The kernel frees the locks of the dead, so what
 * a crash leaves behind goes with the next holder. Linux only.
 */
export type HeldFolder = {
  /** False where somebody has removed it, or put something else in its place. */
  stands(): boolean;
  /** Removes it, unless others hold it too. Call once. */
  release(): void;
};

/**
 * Makes the folder or joins those who hold it. "exists": something else is there, of the user's. "impossible": we may not make it,
 * so neither may a program with our rights or fewer. Throws where only circumstances prevent it (a full disk).
 */
export function holdPlaceholder(path: string): HeldFolder | "exists" | "impossible" {
  for (;;) {
    const facts = look(path);
    if (facts !== undefined && !isPlaceholder(facts)) return "exists";
    if (facts === undefined && make(path) === "impossible") return "impossible";
    const folder = join(path);
    // Between two calls its last holder may have removed it, or the user put something there: then all begins anew.
    if (folder !== undefined) return folder;
  }
}

const placeholderMode = 0o1755;

const isPlaceholder = (facts: Stats): boolean => facts.isDirectory() && (facts.mode & 0o1000) !== 0;

/** What may not be looked at counts as missing, as it does to a plan: whether it can be made is then found out. */
function look(path: string): Stats | undefined {
  try {
    return lstatSync(path, { throwIfNoEntry: false });
  } catch {
    return undefined;
  }
}

const impossible = new Set(["EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR"]);

function make(path: string): "there" | "impossible" {
  try {
    mkdirSync(path, { mode: placeholderMode });
    return "there";
  } catch (thrown) {
    const code = codeOf(thrown);
    if (code === "EEXIST") return "there";
    if (impossible.has(code)) return "impossible";
    throw thrown;
  }
}

/** Takes our share of the lock; undefined where it is no placeholder any more. */
function join(path: string): HeldFolder | undefined {
  const folder = open(path);
  if (folder === undefined) return undefined;
  lockDescriptor(folder, "shared", true);
  const { dev, ino } = fstatSync(folder);
  const stands = (): boolean => {
    const there = look(path);
    return there !== undefined && isPlaceholder(there) && there.dev === dev && there.ino === ino;
  };
  const release = (): void => {
    try {
      // It becomes ours alone only where nobody else holds it; in any case our share is gone.
      if (lockDescriptor(folder, "exclusive", false) >= 0 && stands()) rmdirSync(path);
    } catch {
      // Somebody has put something into it, or it is another user's: then it stays.
    } finally {
      close(folder);
    }
  };
  if (stands()) return { stands, release };
  close(folder);
  return undefined;
}

function open(path: string): number | undefined {
  try {
    return openSync(path, constants.O_RDONLY | constants.O_DIRECTORY | constants.O_NOFOLLOW);
  } catch (thrown) {
    if (replaced.has(codeOf(thrown))) return undefined;
    throw thrown;
  }
}

const replaced = new Set(["ENOENT", "ENOTDIR", "ELOOP"]);

const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && "code" in thrown ? String(thrown.code) : String(thrown);

/** Unlocks too, since a child that is just being started has the descriptor as well. */
function close(folder: number): void {
  unlockDescriptor(folder);
  closeSync(folder);
}
