import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, type BigIntStats } from "node:fs";
import { basename, dirname } from "node:path";
import { err, ok, type Result } from "@codex/protocol/result";
import { anchorFolder } from "./anchored-folder.ts";
import { fileProblem, type FileProblem } from "./read-file.ts";

/** A regular file as it was read: its bytes, and enough to tell later whether it is still the same. */
export type FileSnapshot = {
  readonly bytes: Uint8Array;
  /** Permission bits, e.g. 0o644. */
  readonly mode: number;
  readonly uid: number;
  readonly gid: number;
  /** Names of the file; more than one where it is hard-linked. */
  readonly links: number;
  /** Of the name, a link not followed: differs when it was written, replaced or had its permissions changed. */
  readonly version: string;
};

/**
 * Reads the file at a canonical place; undefined where there is none. A folder, a pipe or a device is a problem, and so is a
 * link that somebody has put in the way since the place was found. With `link` the last name may be one that is followed.
 */
export function snapshotFile(place: string, name: "file" | "link"): Result<FileSnapshot | undefined, FileProblem> {
  try {
    const folder = anchorFolder(dirname(place), false);
    try {
      const at = folder.at(basename(place));
      const link = name === "link" ? linkVersion(at) : undefined;
      const file = openSync(at, link === undefined ? reading | constants.O_NOFOLLOW : reading);
      try {
        const stats = fstatSync(file, { bigint: true });
        if (!stats.isFile()) return err({ path: place, reason: `path \`${place}\` is not a file` });
        return ok(snapshot(stats, readFileSync(file), link));
      } finally {
        closeSync(file);
      }
    } finally {
      folder.close();
    }
  } catch (thrown) {
    const absent = thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
    return absent ? ok(undefined) : err(fileProblem(place, thrown));
  }
}

/** A pipe would block the open for ever without O_NONBLOCK. */
const reading = constants.O_RDONLY | constants.O_NONBLOCK;

function linkVersion(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false, bigint: true });
  return stats?.isSymbolicLink() === true ? versionOf(stats) : undefined;
}

const snapshot = (stats: BigIntStats, bytes: Uint8Array, link: string | undefined): FileSnapshot => ({
  bytes,
  mode: Number(stats.mode & 0o7777n),
  uid: Number(stats.uid),
  gid: Number(stats.gid),
  links: Number(stats.nlink),
  version: link ?? versionOf(stats),
});

/** The version of what stands at the path itself, a link not followed; undefined where there is nothing. */
export function fileVersion(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false, bigint: true });
  return stats === undefined ? undefined : versionOf(stats);
}

const versionOf = (stats: BigIntStats): string =>
  [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(":");
