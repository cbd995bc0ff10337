/**
 * Side by side: each scenario is played against our program and the original, with the same scripted model and the same
 * files, and what programs can see of both must agree but for the differences in parity.yaml. Skipped where
 * scripts/original.sh has not installed the original. PARITY_REPORT=1 prints a table at the end.
 */
import { afterAll, describe, expect, test } from "bun:test";
import { binaryPath } from "../../packages/scripted-model/src/launch.ts";
import { generalPlaces, readListed, strayNames } from "./differences.ts";
import { findOriginal } from "./find-original.ts";
import { describeFaults, reportTable } from "./report.ts";
import { createPlayer, type Outcome } from "./run-both.ts";
import { scenarios } from "./scenarios.ts";

const original = findOriginal();
if (original === undefined) {
  console.log("The side-by-side suite is skipped: the original is not installed (scripts/original.sh does that).");
}

/** Scenarios at a time, each with two programs. */
const atATime = 3;
/** Milliseconds for a test, most of which it waits for its turn. */
const limit = 300_000;

describe.skipIf(original === undefined)("side by side", async () => {
  const entries = await readListed();
  const runBoth = createPlayer(
    { ours: original === undefined ? "" : binaryPath(), original: original ?? "" },
    entries,
    atATime,
  );
  const outcomes: Outcome[] = [];

  test("parity.yaml names scenarios there are, and each of them has a name of its own", () => {
    const known = scenarios.map(({ name }) => name);
    expect(strayNames(entries, known)).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });

  for (const scenario of scenarios) {
    test.concurrent(
      scenario.name,
      async () => {
        const outcome = await runBoth(scenario);
        outcomes.push(outcome);
        expect(describeFaults(outcome)).toBe("");
      },
      limit,
    );
  }

  test(
    "each difference that is listed for many scenarios shows in one of them",
    async () => {
      const played = await Promise.all(scenarios.map(runBoth));
      const shown = new Set(played.flatMap(({ judgement }) => [...judgement.shown]));
      expect(generalPlaces(entries).filter((key) => !shown.has(key))).toEqual([]);
    },
    limit,
  );

  afterAll(() => {
    if (process.env["PARITY_REPORT"]) console.log(reportTable(outcomes));
  });
});
