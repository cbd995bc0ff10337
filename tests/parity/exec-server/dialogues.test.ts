/**
 * The exec servers of both programs side by side: each dialogue is held with ours and with the original, and what both say
 * must agree but for the differences in differences.yaml. Skipped where scripts/original.sh has not installed the original.
 */
import { join } from "node:path";
import { describe, expect, test } from "bun:test";
import { workspace } from "@codex/scripted-model/testing";
import { binaryPath } from "../../../packages/scripted-model/src/launch.ts";
import { compare } from "../compare.ts";
import { createTurns } from "../create-turns.ts";
import { generalPlaces, judge, readListed, strayNames } from "../differences.ts";
import { findOriginal } from "../find-original.ts";
import { describeFaults } from "../report.ts";
import type { Outcome } from "../run-both.ts";
import { holdDialogue, type Dialogue } from "./dialogue.ts";
import { dialogues } from "./dialogues.ts";

const original = findOriginal();

/** Dialogues at a time, each with two programs. */
const atATime = 3;
/** Milliseconds for a test, most of which it waits for its turn. */
const limit = 60_000;

describe.skipIf(original === undefined)("exec servers side by side", async () => {
  const entries = await readListed(join(import.meta.dir, "differences.yaml"));
  const takeTurn = createTurns(atATime);
  const outcomes = new Map<string, Promise<Outcome>>();

  const holdBoth = async (dialogue: Dialogue): Promise<Outcome> => {
    const held = [binaryPath(), original ?? ""].map(async (binary) => {
      await using ws = await workspace({ ...dialogue.files }, { git: false });
      return await holdDialogue(dialogue, ws, binary);
    });
    const [ours, theirs] = await Promise.all(held);
    return { scenario: dialogue, judgement: judge(dialogue.name, compare(ours, theirs), entries) };
  };

  const hold = (dialogue: Dialogue): Promise<Outcome> => {
    const outcome = outcomes.get(dialogue.name) ?? takeTurn(() => holdBoth(dialogue));
    outcomes.set(dialogue.name, outcome);
    return outcome;
  };

  test("differences.yaml names dialogues there are", () => {
    const known = dialogues.map(({ name }) => name);
    expect(strayNames(entries, known)).toEqual([]);
    expect(new Set(known).size).toBe(known.length);
  });

  for (const dialogue of dialogues) {
    test.concurrent(dialogue.name, async () => expect(describeFaults(await hold(dialogue))).toBe(""), limit);
  }

  test(
    "each difference that is listed for many dialogues shows in one of them",
    async () => {
      const played = await Promise.all(dialogues.map(hold));
      const shown = new Set(played.flatMap(({ judgement }) => [...judgement.shown]));
      expect(generalPlaces(entries).filter((key) => !shown.has(key))).toEqual([]);
    },
    limit,
  );
});
