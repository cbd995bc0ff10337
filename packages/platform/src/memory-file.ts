import { closeSync, fstatSync, readSync, writeSync } from "node:fs";
import { createMemoryFile } from "./libc.ts";

export type MemoryFile = {
  readonly fd: number;
  /** All that is in it by now. */
  text(): string;
  close(): void;
};

/**
 * A file without a name that holds `bytes`, at its start: for handing secrets or programs to a child by descriptor, where a
 * file on disk could be altered by others in between. Linux only. Throws where the kernel has no memory.
 */
export function memoryFile(name: string, bytes: Uint8Array): MemoryFile {
  const fd = createMemoryFile(name);
  if (fd < 0) throw new Error(`memfd_create failed (errno ${-fd})`);
  // At given positions, since the child reads from the offset that it shares with us.
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done, bytes.length - done, done);
  const text = (): string => {
    const content = Buffer.alloc(fstatSync(fd).size);
    return content.toString("utf8", 0, readSync(fd, content, 0, content.length, 0));
  };
  return { fd, text, close: () => closeSync(fd) };
}
