import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  openSync,
  renameSync,
  rmSync,
  writeSync,
} from "node:fs";
import { basename, dirname } from "node:path";
import { anchorFolder } from "./anchored-folder.ts";
import { fileVersion } from "./file-snapshot.ts";
import { randomHex } from "./ids.ts";

/** A change to one file that is ready: what can fail has been tried, except for the last step. */
export type StagedFile = {
  /** The last step, atomic. Throws what the file calls throw. */
  commit(): void;
  /** Removes what staging left and lets go of the folder; after `commit` only the latter. */
  dispose(): void;
};

/** What the file was when it was read; undefined where there was none. */
export type Previous = { readonly version: string; readonly mode: number; readonly uid: number; readonly gid: number };

/**
 * Puts the content beside a canonical path, to be renamed over it. The new file has the old one's permissions and, where
 * the system lets us, its owner. Renaming never writes into the old file, so its other hard links keep their content.
 * Throws where the file is no longer the one that was read, may not be written, or its folder is not what its path says.
 */
export function stageWrite(path: string, content: Uint8Array, previous: Previous | undefined): StagedFile {
  const folder = anchorFolder(dirname(path), true);
  const temporary = `.${basename(path).slice(0, 100)}.${randomHex(12)}.tmp`;
  const dispose = (): void => {
    rmSync(folder.at(temporary), { force: true });
    folder.close();
  };
  try {
    const target = folder.at(basename(path));
    if (previous !== undefined) accessSync(target, constants.W_OK);
    writeNew(folder.at(temporary), content, previous);
    const commit = (): void => {
      assertUnchanged(target, previous?.version);
      renameSync(folder.at(temporary), target);
    };
    assertUnchanged(target, previous?.version);
    return { commit, dispose };
  } catch (thrown) {
    dispose();
    throw thrown;
  }
}

/** Prepares to remove the name at a canonical place: the file, or the link and not what it leads to. */
export function stageRemoval(path: string, version: string): StagedFile {
  const folder = anchorFolder(dirname(path), false);
  const commit = (): void => {
    const target = folder.at(basename(path));
    assertUnchanged(target, version);
    rmSync(target);
  };
  return { commit, dispose: () => folder.close() };
}

function assertUnchanged(path: string, version: string | undefined): void {
  if (fileVersion(path) !== version) throw Object.assign(new Error(path), { code: "changed since it was read" });
}

function writeNew(path: string, content: Uint8Array, previous: Previous | undefined): void {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | constants.O_NOFOLLOW;
  // A file of its own gets what the umask leaves; a replacement stays closed until it has the old one's permissions.
  const file = openSync(path, flags, previous === undefined ? 0o666 : 0o600);
  try {
    for (let done = 0; done < content.length;) done += writeSync(file, content, done);
    if (previous !== undefined) takeOver(file, previous);
  } finally {
    closeSync(file);
  }
}

function takeOver(file: number, previous: Previous): void {
  try {
    fchownSync(file, previous.uid, previous.gid);
  } catch {
    // Only the superuser may give files away; elsewhere the file becomes ours, as with any editor that renames.
  }
  fchmodSync(file, previous.mode);
}
