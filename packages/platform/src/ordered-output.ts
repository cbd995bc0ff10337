import { write } from "node:fs";

/** Text that is written in order, without holding up the process. */
export type OrderedOutput = {
  /** Takes everything at once; what cannot be written yet waits in memory. Nothing is taken after a failure. */
  write(text: string): void;
  /** Characters that wait. */
  readonly waiting: number;
  /** Resolves when at most `limit` characters wait, or nothing can be written any more. */
  below(limit: number): Promise<void>;
  /** Aborted once the reader is gone or the device is full; the reason is an `Error`. */
  readonly failed: AbortSignal;
};

/** Writes to a descriptor, which stays the caller's. One write is under way at a time; what gathers meanwhile goes together. */
export function orderedOutput(descriptor: number): OrderedOutput {
  const failure = new AbortController();
  let gathered: string[] = [];
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
      const batch = takeBatch(gathered);
      try {
        await writeAll(descriptor, Buffer.from(batch.text));
      } catch (error) {
        failure.abort(error);
        gathered = [];
      }
      gathered.splice(0, batch.count);
      waiting = failure.signal.aborted ? 0 : waiting - batch.text.length;
      wake();
    }
    writing = false;
  };

  return {
    write(text) {
      if (failure.signal.aborted) return;
      gathered.push(text);
      waiting += text.length;
      if (!writing) void run();
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

/** Characters that are written at once, where there are so many. */
const batchSize = 256 * 1024;

function takeBatch(texts: readonly string[]): { text: string; count: number } {
  let size = 0;
  let count = 0;
  while (count < texts.length && (count === 0 || size < batchSize)) size += texts[count++]?.length ?? 0;
  return { text: count === 1 ? (texts[0] ?? "") : texts.slice(0, count).join(""), count };
}

async function writeAll(descriptor: number, bytes: Uint8Array): Promise<void> {
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
}
