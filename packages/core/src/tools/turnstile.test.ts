import { expect, test } from "bun:test";
import fc from "fast-check";
import { Turnstile } from "./turnstile.ts";

const never = new AbortController().signal;

/** Work that tells when it began, and ends when it is told to. */
function work(name: string, log: string[]) {
  const { promise, resolve } = Promise.withResolvers<void>();
  const run = async () => {
    log.push(`+${name}`);
    await promise;
    log.push(`-${name}`);
    return name;
  };
  return { run, end: resolve };
}

test("others run side by side; one that must be alone waits for those before it and holds up those after it", async () => {
  const log: string[] = [];
  const [a, b, alone, c] = ["a", "b", "alone", "c"].map((name) => work(name, log));
  if (!a || !b || !alone || !c) throw new Error("four works");
  const turnstile = new Turnstile();
  const passes = [
    turnstile.pass(false, a.run, never),
    turnstile.pass(false, b.run, never),
    turnstile.pass(true, alone.run, never),
    turnstile.pass(false, c.run, never),
  ];
  await Bun.sleep(0);
  expect(log).toEqual(["+a", "+b"]);
  c.end();
  alone.end();
  b.end();
  await passes[1];
  expect(log).toEqual(["+a", "+b", "-b"]);
  a.end();
  expect(await Promise.all(passes)).toEqual(["a", "b", "alone", "c"]);
  expect(log).toEqual(["+a", "+b", "-b", "-a", "+alone", "-alone", "+c", "-c"]);
});

test("whatever comes in whatever order, nothing runs beside one that must be alone", async () => {
  const call = fc.record({ alone: fc.boolean(), ticks: fc.nat(4), fails: fc.boolean() });
  await fc.assert(
    fc.asyncProperty(fc.array(call, { maxLength: 8 }), async (calls) => {
      const turnstile = new Turnstile();
      const running = new Set<number>();
      const done: number[] = [];
      const passes = calls.map(({ alone, ticks, fails }, index) => {
        const run = async () => {
          for (const other of running) expect(alone || calls[other]?.alone === true).toBe(false);
          running.add(index);
          for (let tick = 0; tick < ticks; tick++) await Promise.resolve();
          running.delete(index);
          done.push(index);
          if (fails) throw new Error("failed");
        };
        return turnstile.pass(alone, run, never).catch(() => undefined);
      });
      await Promise.all(passes);
      expect(done.toSorted((a, b) => a - b)).toEqual(calls.map((_, index) => index));
    }),
    { numRuns: 60 },
  );
});

test("after an abort nothing that waited is run", async () => {
  const log: string[] = [];
  const first = work("first", log);
  const turnstile = new Turnstile();
  const controller = new AbortController();
  const running = turnstile.pass(true, first.run, controller.signal);
  const waiting = turnstile.pass(false, work("second", log).run, controller.signal);
  await Bun.sleep(0);
  controller.abort(new Error("stop"));
  first.end();
  expect(await running).toBe("first");
  expect(waiting).rejects.toThrow("stop");
  await waiting.catch(() => undefined);
  expect(log).toEqual(["+first", "-first"]);
});
