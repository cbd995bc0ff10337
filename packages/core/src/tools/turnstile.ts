/** Lets calls of one turn run side by side, but one that changes files runs alone, in the order they came. */
export class Turnstile {
  #running = new Set<Promise<unknown>>();
  #last: Promise<unknown> = Promise.resolve();

  /** Runs `work` when it is its turn; rejects without running it where `signal` was aborted before. */
  async pass<T>(alone: boolean, work: () => Promise<T>, signal: AbortSignal): Promise<T> {
    const before = alone ? Promise.allSettled([this.#last, ...this.#running]) : this.#last;
    const run = before.then(() => {
      signal.throwIfAborted();
      return work();
    });
    const settled = run.then(
      () => undefined,
      () => undefined,
    );
    this.#running.add(settled);
    if (alone) this.#last = settled;
    try {
      return await run;
    } finally {
      this.#running.delete(settled);
    }
  }
}
