import {
  chmod,
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rm,
  rmdir,
  stat,
  symlink,
  unlink,
  writeFile,
} from "node:fs/promises";
import { err, ok, type Result } from "@codex/protocol/result";
import { basename, dirname, join, sep } from "node:path";
import { type FileError, fileErrorOf } from "./file-error.ts";

/** Operations on files for somebody else, who names them by absolute paths. Links are followed unless it says otherwise. */

/** What a path is, and what it leads to. Times in Unix ms, 0 where the file system does not say. */
export type FileMetadata = {
  readonly isDirectory: boolean;
  readonly isFile: boolean;
  /** The path itself. */
  readonly isSymlink: boolean;
  /** In bytes. */
  readonly size: number;
  readonly createdAtMs: number;
  readonly modifiedAtMs: number;
};

export type FolderEntry = { readonly fileName: string; readonly isDirectory: boolean; readonly isFile: boolean };

/** What was asked for is none of what can be done; other than `FileError`, which is the machine's answer. */
export type Unsuitable = {
  readonly code: "notAFile" | "fileTooLarge" | "needsRecursive" | "intoItself" | "cannotBeCopied";
};

/** Bytes that are read at once at most. Source: the original. */
export const largestFile = 512 * 1024 * 1024;

type Outcome<T, E = FileError> = Promise<Result<T, E>>;

export async function readWholeFile(path: string): Outcome<Uint8Array, FileError | Unsuitable> {
  const facts = await attempt(() => stat(path));
  if (!facts.ok) return facts;
  if (!facts.value.isFile()) return err({ code: "notAFile" });
  if (facts.value.size > largestFile) return err({ code: "fileTooLarge" });
  return attempt(() => readFile(path));
}

/** Writes in place, through links, and with the mode of the file that is there. */
export const writeWholeFile = (path: string, bytes: Uint8Array): Outcome<void> => attempt(() => writeFile(path, bytes));

/** A folder that is there already is an error only without `parents`. */
export const makeFolder = (path: string, parents: boolean): Outcome<void> =>
  attempt(() => (parents ? makeFolders(path) : mkdir(path)));

async function makeFolders(path: string): Promise<void> {
  try {
    await mkdir(path, { recursive: true });
  } catch (error) {
    // A link to a folder is as good as one.
    if ((await stat(path).catch(() => undefined))?.isDirectory() !== true) throw error;
  }
}

export const fileMetadata = (path: string): Outcome<FileMetadata> =>
  attempt(async () => {
    const [own, led] = await Promise.all([lstat(path), stat(path)]);
    return {
      isDirectory: led.isDirectory(),
      isFile: led.isFile(),
      isSymlink: own.isSymbolicLink(),
      size: led.size,
      createdAtMs: Math.trunc(led.birthtimeMs),
      modifiedAtMs: Math.trunc(led.mtimeMs),
    };
  });

/** Where a path leads in the end, which has to be there. */
export const finalPath = (path: string): Outcome<string> => attempt(() => realpath(path));

/** In the order of the names' code units. What leads nowhere is left out, for it is neither file nor folder. */
export const folderEntries = (path: string): Outcome<FolderEntry[]> =>
  attempt(async () => {
    const entries = await Promise.all((await readdir(path)).sort().map((fileName) => entryOf(path, fileName)));
    return entries.filter((entry) => entry !== undefined);
  });

async function entryOf(folder: string, fileName: string): Promise<FolderEntry | undefined> {
  try {
    const led = await stat(join(folder, fileName));
    return { fileName, isDirectory: led.isDirectory(), isFile: led.isFile() };
  } catch {
    return undefined;
  }
}

/** Removes a name, and a folder with all in it if `whole`; never what a link leads to. `missingIsFine` for a name that is not there. */
export const removePath = (path: string, how: { whole: boolean; missingIsFine: boolean }): Outcome<void> =>
  attempt(async () => {
    try {
      const own = await lstat(path);
      if (!own.isDirectory()) await unlink(path);
      else if (how.whole) await rm(path, { recursive: true });
      else await rmdir(path);
    } catch (error) {
      if (!how.missingIsFine || fileErrorOf(error).code !== "fileNotFound") throw error;
    }
  });

/**
 * Copies a file with its mode, a link as a link, and a folder with all that is in it if `whole`: into the folder that is there, if
 * any. What in it is no file, folder or link is left out.
 */
export async function copyPath(
  source: string,
  destination: string,
  whole: boolean,
): Outcome<void, FileError | Unsuitable> {
  const own = await attempt(() => lstat(source));
  if (!own.ok) return own;
  if (own.value.isSymbolicLink()) return attempt(() => copyLink(source, destination));
  if (own.value.isFile()) return attempt(() => copyOne(source, destination));
  if (!own.value.isDirectory()) return err({ code: "cannotBeCopied" });
  if (!whole) return err({ code: "needsRecursive" });
  if (await liesWithin(destination, source)) return err({ code: "intoItself" });
  return attempt(() => copyFolder(source, destination));
}

const copyLink = async (source: string, destination: string): Promise<void> =>
  symlink(await readlink(source), destination);

async function copyOne(source: string, destination: string): Promise<void> {
  const real = await realpath(destination).catch(() => undefined);
  if (real !== undefined && real === (await realpath(source))) return;
  await copyFile(source, destination);
  await chmod(destination, (await stat(source)).mode & 0o7777);
}

async function copyFolder(source: string, destination: string): Promise<void> {
  await makeFolders(destination);
  const inner = async (name: string): Promise<void> => {
    const [from, to] = [join(source, name), join(destination, name)];
    const own = await lstat(from);
    if (own.isSymbolicLink()) await copyLink(from, to);
    else if (own.isFile()) await copyOne(from, to);
    else if (own.isDirectory()) await copyFolder(from, to);
  };
  for (const name of await readdir(source)) await inner(name);
}

/** True where `path`, whose end need not exist yet, is `folder` or in it. */
async function liesWithin(path: string, folder: string): Promise<boolean> {
  const real = await realpath(folder);
  let place = path;
  let rest = "";
  for (;;) {
    const there = await realpath(place).catch(() => undefined);
    if (there !== undefined) return `${join(there, rest)}${sep}`.startsWith(real === sep ? sep : `${real}${sep}`);
    if (dirname(place) === place) return false;
    rest = join(basename(place), rest);
    place = dirname(place);
  }
}

async function attempt<T>(run: () => Promise<T>): Promise<Result<T, FileError>> {
  try {
    return ok(await run());
  } catch (error) {
    return err(fileErrorOf(error));
  }
}
