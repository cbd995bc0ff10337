/** Lets so many pieces of work run at a time, the rest in the order they came. */
export function createTurns(limit: number) {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (running === limit) await new Promise<void>((resolve) => waiting.push(resolve));
    else running++;
    try {
      return await work();
    } finally {
      // Whoever waits takes over this turn.
      const next = waiting.shift();
      if (next) next();
      else running--;
    }
  };
}
