import { closeSync, mkdirSync, openSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";

/** A file that takes what comes, up to a size. */
export type SpoolFile = {
  readonly path: string;
  /** False from the first byte on that did not fit (or that the disk refused). */
  readonly complete: boolean;
  append(bytes: Uint8Array): void;
  /** No more comes. The file stays. */
  close(): void;
  remove(): void;
};

/** Makes a new file, and its folder, for our user alone. Undefined where the disk refuses. */
export function openSpool(path: string, maxBytes: number): SpoolFile | undefined {
  const descriptor = openNew(path);
  if (descriptor === undefined) return undefined;
  let open = true;
  let complete = true;
  let room = maxBytes;
  const close = () => {
    if (open) closeSync(descriptor);
    open = false;
  };
  return {
    path,
    get complete() {
      return complete;
    },
    append(bytes) {
      if (!open) return;
      const part = bytes.subarray(0, room);
      room -= part.length;
      complete = writeAll(descriptor, part) && part.length === bytes.length;
      if (!complete) close();
    },
    close,
    remove() {
      close();
      rmSync(path, { force: true });
    },
  };
}

function openNew(path: string): number | undefined {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return openSync(path, "wx", 0o600);
  } catch {
    return undefined;
  }
}

function writeAll(descriptor: number, bytes: Uint8Array): boolean {
  try {
    for (let at = 0; at < bytes.length;) at += writeSync(descriptor, bytes, at);
    return true;
  } catch {
    return false;
  }
}
