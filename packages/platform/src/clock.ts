/** The time as the engine sees it, so that tests may hold it still. */
export type Clock = {
  /** Unix milliseconds. */
  now(): number;
  /** Milliseconds from some fixed moment, with fractions; for durations. */
  monotonic(): number;
};

export const systemClock: Clock = { now: () => Date.now(), monotonic: () => performance.now() };
