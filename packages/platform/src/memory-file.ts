import { closeSync, writeSync } from "node:fs";
import { createMemoryFile } from "./libc.ts";

/**
 * A file without a name that holds `bytes`, at its start: for handing secrets or programs to a child by descriptor, where a
 * file on disk could be altered by others in between. Linux only. Throws where the kernel has no memory.
 */
export function memoryFile(name: string, bytes: Uint8Array): { readonly fd: number; close(): void } {
  const fd = createMemoryFile(name);
  if (fd < 0) throw new Error(`memfd_create failed (errno ${-fd})`);
  // At given positions, since the child reads from the offset that it shares with us.
  for (let done = 0; done < bytes.length;) done += writeSync(fd, bytes, done, bytes.length - done, done);
  return { fd, close: () => closeSync(fd) };
}
