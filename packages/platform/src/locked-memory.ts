import { FFIType, read, toArrayBuffer, type Pointer } from "bun:ffi";
import { readSync } from "node:fs";
import { openLibc } from "./open-libc.ts";

/**
 * Memory for a secret: outside the collector's heap, so it is never moved or copied; kept from the swap and from core dumps.
 * What is written into `bytes` stays in `bytes`: views on it share it.
 */
export type LockedMemory = {
  readonly bytes: Uint8Array;
  /** Whether the system keeps it from being swapped out; false where that was refused, and on Windows. */
  readonly locked: boolean;
  /** read(2) straight into `bytes` at `offset`, up to the end; 0 at the end of the input. Throws where it cannot be read. */
  fill(descriptor: number, offset: number): number;
  wipe(): void;
};

const { i32, i64, u64, pointer } = FFIType;

const functions = {
  mmap: { args: [u64, u64, i32, i32, i32, i64], returns: i64 },
  mlock: { args: [u64, u64], returns: i32 },
  madvise: { args: [u64, u64, i32], returns: i32 },
  read: { args: [i32, u64, u64], returns: i64 },
} as const;

const errnoOf = {
  linux: { __errno_location: { args: [], returns: pointer } },
  darwin: { __error: { args: [], returns: pointer } },
} as const;

type Libc = ReturnType<typeof openLibc<typeof functions>> & { errno(): number };

function openSymbols(): Libc {
  if (process.platform === "darwin") {
    const symbols = openLibc({ ...functions, ...errnoOf.darwin });
    return { ...symbols, errno: () => valueAt(symbols["__error"]()) };
  }
  const symbols = openLibc({ ...functions, ...errnoOf.linux });
  return { ...symbols, errno: () => valueAt(symbols.__errno_location()) };
}

const valueAt = (place: Pointer | bigint | null): number =>
  place === null ? 0 : read.i32(Number(place) as Pointer, 0);

const readAndWrite = 3;
const privateAndAnonymous = process.platform === "darwin" ? 0x1002 : 0x22;
const doNotDump = 16;
const interrupted = 4;
const again = process.platform === "darwin" ? 35 : 11;

/** `size` bytes of zeros, a multiple of the page's size. Throws where the system has no memory. */
export function lockMemory(size: number): LockedMemory {
  if (process.platform === "win32") return unlockedMemory(size);
  const libc = openSymbols();
  const address = Number(libc.mmap(0, size, readAndWrite, privateAndAnonymous, -1, 0));
  if (address === -1) throw new Error("no memory can be mapped");
  const locked = libc.mlock(address, size) === 0;
  if (process.platform === "linux") libc.madvise(address, size, doNotDump);
  const bytes = new Uint8Array(toArrayBuffer(address as Pointer, 0, size));
  return {
    bytes,
    locked,
    fill(descriptor, offset) {
      for (;;) {
        const got = Number(libc.read(descriptor, address + offset, size - offset));
        if (got >= 0) return got;
        const errno = libc.errno();
        // A descriptor that another program has made non-blocking is waited for.
        if (errno === again) Bun.sleepSync(5);
        else if (errno !== interrupted) throw new Error(`errno ${errno}`);
      }
    },
    wipe: () => void bytes.fill(0),
  };
}

/** Where the system's calls for it are not known: memory that is at least not the collector's. */
function unlockedMemory(size: number): LockedMemory {
  const bytes = Buffer.allocUnsafeSlow(size).fill(0);
  return {
    bytes,
    locked: false,
    fill: (descriptor, offset) => readSync(descriptor, bytes, offset, size - offset, null),
    wipe: () => void bytes.fill(0),
  };
}
