import type { Order } from "./method.ts";

/** Says what a request has to wait for, so that a client that does not wait for answers gets what it meant. */
export type RequestQueue = {
  /** Runs `work` when its turn has come; `processId` is whose process it is about. */
  run(order: Order, processId: string | undefined, work: () => Promise<void>): Promise<void>;
};

/** `most`: how many run at a time. With 1 each waits for the one before. */
export function requestQueue(most: number): RequestQueue {
  const slots = slotsOf(most);
  let lastWrite: Promise<unknown> = Promise.resolve();
  let readsSince: Promise<unknown>[] = [];
  const processes = new Map<string, { start: Promise<unknown>; last: Promise<unknown> }>();

  /** What this one waits for, and how it makes others wait. */
  const place = (order: Order, id: string): { before: Promise<unknown>; enter(done: Promise<void>): void } => {
    if (order.type === "none") return { before: Promise.resolve(), enter: () => undefined };
    if (order.type === "files") {
      if (order.access === "read") return { before: lastWrite, enter: (done) => void readsSince.push(done) };
      const before = Promise.all([lastWrite, ...readsSince]);
      return {
        before,
        enter(done) {
          lastWrite = done;
          readsSince = [];
        },
      };
    }
    const known = processes.get(id) ?? { start: Promise.resolve(), last: Promise.resolve() };
    if (order.role === "afterStart") return { before: known.start, enter: () => undefined };
    return {
      before: known.last,
      enter(done) {
        const entry = { start: order.role === "starts" ? done : known.start, last: done };
        processes.set(id, entry);
        void done.then(() => processes.get(id) === entry && processes.delete(id));
      },
    };
  };

  return {
    run(order, processId, work) {
      const { before, enter } = place(order, processId ?? "");
      const slot = slots.take();
      const done = (async () => {
        await slot;
        await before;
        try {
          await work();
        } finally {
          slots.free();
        }
      })();
      enter(done);
      void done.then(() => {
        readsSince = readsSince.filter((each) => each !== done);
      });
      return done;
    },
  };
}

/** Given out in the order in which they are asked for, so what waits in one is never held up by what comes later. */
function slotsOf(most: number): { take(): Promise<void>; free(): void } {
  let left = most;
  const waiting: (() => void)[] = [];
  return {
    take() {
      if (left > 0) {
        left -= 1;
        return Promise.resolve();
      }
      return new Promise((resolve) => void waiting.push(resolve));
    },
    free() {
      const next = waiting.shift();
      if (next) next();
      else left += 1;
    },
  };
}
