/**
 * The app servers of both programs side by side: each exchange is held with ours and with the original, over the same
 * scripted model, and what clients hear of both must agree but for the differences in differences.yaml. Skipped where
 * scripts/original.sh has not installed the original.
 */
import { join } from "node:path";
import { describe, expect, test } from "bun:test";
import { binaryPath } from "../../../packages/scripted-model/src/launch.ts";
import { compare } from "../compare.ts";
import { createTurns } from "../create-turns.ts";
import { generalPlaces, judge, readListed, strayNames } from "../differences.ts";
import { findOriginal } from "../find-original.ts";
import { describeFaults } from "../report.ts";
import type { Outcome } from "../run-both.ts";
import type { Exchange } from "./exchange.ts";
import { exchanges } from "./exchanges.ts";
import { observeExchange } from "./observe-exchange.ts";
import { playExchange } from "./play-exchange.ts";

const original = findOriginal();

/** Exchanges at a time, each with two programs; most of them wait for most of their time. */
const atATime = 5;
/** Milliseconds for a test, most of which it waits for its turn. */
const limit = 120_000;

describe.skipIf(original === undefined)("app servers side by side", async () => {
  const entries = await readListed(join(import.meta.dir, "differences.yaml"));
  const takeTurn = createTurns(atATime);
  const outcomes = new Map<string, Promise<Outcome>>();

  const hold = (exchange: Exchange): Promise<Outcome> => {
    const outcome =
      outcomes.get(exchange.name) ??
      takeTurn(async () => {
        const recordings = [binaryPath(), original ?? ""].map((binary) => playExchange(exchange, binary));
        const [ours, theirs] = (await Promise.all(recordings)).map(observeExchange);
        return { scenario: exchange, judgement: judge(exchange.name, compare(ours, theirs), entries) };
      });
    outcomes.set(exchange.name, outcome);
    return outcome;
  };

  test("differences.yaml names exchanges there are, and each of them has a name of its own", () => {
    const known = exchanges.map(({ name }) => name);
    expect(strayNames(entries, known)).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });

  for (const exchange of exchanges) {
    test.concurrent(exchange.name, async () => expect(describeFaults(await hold(exchange))).toBe(""), limit);
  }

  test(
    "each difference that is listed for many exchanges shows in one of them",
    async () => {
      const played = await Promise.all(exchanges.map(hold));
      const shown = new Set(played.flatMap(({ judgement }) => [...judgement.shown]));
      expect(generalPlaces(entries).filter((key) => !shown.has(key))).toEqual([]);
    },
    limit,
  );
});
