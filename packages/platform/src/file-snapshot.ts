import { closeSync, constants, fstatSync, lstatSync, openSync, readFileSync, type BigIntStats } from "node:fs";
import { err, ok, type Result } from "@codex/protocol/result";
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
  /** Differs when the file was written, replaced or had its permissions changed. */
  readonly version: string;
};

/** Reads a file, links followed; undefined where there is none. A folder, a pipe or a device is a problem. */
export function snapshotFile(path: string): Result<FileSnapshot | undefined, FileProblem> {
  try {
    // A pipe would block the open for ever without O_NONBLOCK.
    const file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    try {
      const stats = fstatSync(file, { bigint: true });
      if (!stats.isFile()) return err({ path, reason: `path \`${path}\` is not a file` });
      return ok(snapshot(stats, readFileSync(file)));
    } finally {
      closeSync(file);
    }
  } catch (thrown) {
    const absent = thrown instanceof Error && "code" in thrown && thrown.code === "ENOENT";
    return absent ? ok(undefined) : err(fileProblem(path, thrown));
  }
}

const snapshot = (stats: BigIntStats, bytes: Uint8Array): FileSnapshot => ({
  bytes,
  mode: Number(stats.mode & 0o7777n),
  uid: Number(stats.uid),
  gid: Number(stats.gid),
  links: Number(stats.nlink),
  version: versionOf(stats),
});

/** The version of what stands at the path itself, a link not followed; undefined where there is nothing. */
export function fileVersion(path: string): string | undefined {
  const stats = lstatSync(path, { throwIfNoEntry: false, bigint: true });
  return stats === undefined ? undefined : versionOf(stats);
}

const versionOf = (stats: BigIntStats): string =>
  [stats.dev, stats.ino, stats.size, stats.mtimeNs, stats.ctimeNs].join(":");
