import { lstatSync, mkdirSync, rmdirSync } from "node:fs";

/** A folder that we made, known again by device and inode. */
export type MadeFolder = { readonly path: string; readonly inode: string };

/** Where a folder cannot be made by us, it cannot be made by a program that runs with our rights or fewer. */
const impossible = new Set(["EACCES", "EPERM", "EROFS", "ENOENT", "ENOTDIR"]);

/** Makes a folder where there is nothing. Throws where only circumstances prevent it (a full disk). */
export function makeEmptyFolder(path: string): MadeFolder | "exists" | "impossible" {
  try {
    mkdirSync(path);
    return { path, inode: inodeOf(path) };
  } catch (thrown) {
    const code = thrown instanceof Error && "code" in thrown ? String(thrown.code) : "";
    if (code === "EEXIST") return "exists";
    if (impossible.has(code)) return "impossible";
    throw thrown;
  }
}

/** Removes the folder if it is still the one we made and still empty. */
export function removeEmptyFolder(folder: MadeFolder): void {
  try {
    if (inodeOf(folder.path) === folder.inode) rmdirSync(folder.path);
  } catch {
    // It has gone, or somebody has put something into it: then it is theirs.
  }
}

function inodeOf(path: string): string {
  const stats = lstatSync(path, { bigint: true });
  return `${stats.dev}:${stats.ino}`;
}
