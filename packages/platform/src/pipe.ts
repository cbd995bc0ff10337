import { FFIType, ptr } from "bun:ffi";
import { openLibc } from "./open-libc.ts";

/**
 * A pipe's two descriptors, which no child inherits unless it is given them. Throws when there are no descriptors left.
 *
 * Bun's own "pipe" is a socket pair: `echo x >/dev/stderr` cannot open one, and stdout and stderr would lose their order.
 */
export function openPipe(): { read: number; write: number } {
  const ends = new Int32Array(2);
  if (libc().pipe2(ptr(ends), closeOnExec) !== 0) throw new Error("no pipe could be opened (too many open files?)");
  const [read = -1, write = -1] = ends;
  return { read, write };
}

/** O_CLOEXEC on Linux, arm64 as well as x64. */
const closeOnExec = 0o2000000;

let loaded: ReturnType<typeof load> | undefined;
const libc = (): ReturnType<typeof load> => (loaded ??= load());

function load(): { pipe2(ends: ReturnType<typeof ptr>, flags: number): number } {
  if (process.platform === "linux") {
    return openLibc({ pipe2: { args: [FFIType.ptr, FFIType.i32], returns: FFIType.i32 } });
  }
  // macOS has no pipe2. Bun.spawn closes there what it does not hand over, so nothing leaks.
  const { pipe } = openLibc({ pipe: { args: [FFIType.ptr], returns: FFIType.i32 } });
  return { pipe2: (ends) => pipe(ends) };
}
