import { write } from "node:fs";

/** Bytes that are written in order, without holding up the process. */
export type OrderedOutput = {
  /** Takes everything at once; what cannot be written yet waits in memory. Nothing is taken after a failure. */
  write(bytes: Uint8Array): void;
  /** Forgets what waits and has not begun to be written. */
  drop(): void;
  /** Bytes that wait. */
  readonly waiting: number;
  /** Resolves when at most `limit` bytes wait, or nothing can be written any more. */
  below(limit: number): Promise<void>;
  /** Aborted once the reader is gone or the device is full. */
  readonly failed: AbortSignal;
};

/**
 * Writes by `writeAll`, which rejects when nothing can be written any more. One write is under way at a time; what gathers
 * meanwhile goes together.
 */
export function orderedOutput(writeAll: (bytes: Uint8Array) => Promise<void>): OrderedOutput {
  const failure = new AbortController();
  let gathered: Uint8Array[] = [];
  let waiting = 0;
  let writing = false;
  let watchers: { limit: number; wake: () => void }[] = [];

  const wake = () => {
    const due = watchers.filter(({ limit }) => waiting <= limit || failure.signal.aborted);
    if (due.length === 0) return;
    watchers = watchers.filter((watcher) => !due.includes(watcher));
    for (const watcher of due) watcher.wake();
  };

  const run = async () => {
    writing = true;
    while (gathered.length > 0 && !failure.signal.aborted) {
      const count = batchOf(gathered);
      const taken = gathered.splice(0, count);
      const batch = taken.length === 1 && taken[0] ? taken[0] : Buffer.concat(taken);
      try {
        await writeAll(batch);
        waiting -= batch.byteLength;
      } catch (error) {
        failure.abort(error);
        gathered = [];
        waiting = 0;
      }
      wake();
    }
    writing = false;
  };

  return {
    write(bytes) {
      if (failure.signal.aborted) return;
      gathered.push(bytes);
      waiting += bytes.byteLength;
      if (!writing) void run();
    },
    drop() {
      waiting -= gathered.reduce((sum, bytes) => sum + bytes.byteLength, 0);
      gathered = [];
      wake();
    },
    get waiting() {
      return waiting;
    },
    below(limit) {
      if (waiting <= limit || failure.signal.aborted) return Promise.resolve();
      const { promise, resolve } = Promise.withResolvers<void>();
      watchers.push({ limit, wake: resolve });
      return promise;
    },
    failed: failure.signal,
  };
}

/** Bytes that are written at once, where there are so many. */
const batchSize = 256 * 1024;

function batchOf(pieces: readonly Uint8Array[]): number {
  let size = 0;
  let count = 0;
  while (count < pieces.length && (count === 0 || size < batchSize)) size += pieces[count++]?.byteLength ?? 0;
  return count;
}

/** For `orderedOutput`: writes to a descriptor, which stays the caller's. */
export const writeTo =
  (descriptor: number) =>
  async (bytes: Uint8Array): Promise<void> => {
    let at = 0;
    while (at < bytes.byteLength) {
      const { promise, resolve, reject } = Promise.withResolvers<number>();
      write(descriptor, bytes, at, bytes.byteLength - at, null, (error, count) => {
        if (error && error.code !== "EAGAIN") reject(error);
        else resolve(error ? 0 : count);
      });
      const count = await promise;
      // A descriptor that somebody else has made non-blocking: there is no telling when it has room.
      if (count === 0) await Bun.sleep(2);
      at += count;
    }
  };
