import { closeSync, constants, lstatSync, mkdirSync, openSync, realpathSync } from "node:fs";
import { join, parse, sep } from "node:path";

/** A folder held open: what is done at its names is done in this folder, whatever its path has become since. */
export type AnchoredFolder = {
  /** A path for file calls that leads to the name in this folder. */
  at(name: string): string;
  close(): void;
};

/** Linux's flag to hold a folder without the right to list it; Node does not name it. */
const O_PATH = 0x200000;

/**
 * Opens the folder at a canonical path, going down one name at a time and refusing symbolic links, so that a link put there
 * after the path was checked cannot lead elsewhere. Makes missing folders with `create`. Throws what the file calls throw.
 *
 * Elsewhere than on Linux a folder cannot be used through its descriptor: there the path is checked to have no links
 * each time it is used, which leaves a moment between the check and the use.
 */
export function anchorFolder(path: string, create: boolean): AnchoredFolder {
  return process.platform === "linux" ? anchorByDescriptor(path, create) : anchorByPath(path, create);
}

function anchorByDescriptor(path: string, create: boolean): AnchoredFolder {
  const flags = O_PATH | constants.O_DIRECTORY | constants.O_NOFOLLOW;
  let folder = openSync("/", flags);
  try {
    for (const name of path.split(sep).filter((name) => name !== "")) {
      const next = openBelow(`/proc/self/fd/${folder}/${name}`, flags, create);
      closeSync(folder);
      folder = next;
    }
  } catch (thrown) {
    closeSync(folder);
    throw thrown;
  }
  return { at: (name) => `/proc/self/fd/${folder}/${name}`, close: () => closeSync(folder) };
}

function openBelow(path: string, flags: number, create: boolean): number {
  try {
    return openSync(path, flags);
  } catch (thrown) {
    if (!create || !isAbsent(thrown)) throw thrown;
  }
  makeFolder(path);
  return openSync(path, flags);
}

function anchorByPath(path: string, create: boolean): AnchoredFolder {
  let made = parse(path).root;
  for (const name of path.slice(made.length).split(sep)) {
    made = join(made, name);
    if (create && lstatSync(made, { throwIfNoEntry: false }) === undefined) makeFolder(made);
    assertNoLinks(made);
  }
  const at = (name: string): string => {
    assertNoLinks(path);
    return join(path, name);
  };
  return { at, close: () => undefined };
}

function assertNoLinks(path: string): void {
  if (realpathSync.native(path) !== path) throw Object.assign(new Error(path), { code: "ELOOP" });
}

/** Another may make the same folder at the same time. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path);
  } catch (thrown) {
    if (!(thrown instanceof Error && "code" in thrown && thrown.code === "EEXIST")) throw thrown;
  }
}

const isAbsent = (thrown: unknown): boolean => thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
