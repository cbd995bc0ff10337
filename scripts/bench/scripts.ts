import { encodeEvent } from "../../packages/scripted-model/src/encode-events.ts";
import { itemEvents } from "../../packages/scripted-model/src/item-events.ts";
import { model } from "../../packages/scripted-model/src/model.ts";
import type { CapturedRequest } from "../../packages/scripted-model/src/captured-request.ts";
import type { Piece } from "../../packages/scripted-model/src/piece.ts";

/** What the model says last in every script: by it a run is known to have come to its end. */
export const lastWords = "All done.";

/** How many files the patch of `patch` changes. */
export const patchedFiles = 200;

/** One file that `patch` changes, before it. */
export const fileBefore = Array.from({ length: 60 }, (_, line) => `line ${line} of a file\n`).join("");

/** And after it. */
export const fileAfter = fileBefore.replace("line 30 of a file", "another line 30");

export const fileName = (index: number): string => `src/part-${index}.txt`;

type Play = (request: CapturedRequest) => Piece;

/** What the model plays, by name. */
export const scripts = {
  answer: () => model.says(lastWords),
  tenCalls: callsThenAnswer(10),
  hundredCalls: callsThenAnswer(100),
  deltas: () => ({ raw: manyDeltas }),
  patch: (request) => (request.outputs().length === 0 ? model.patch(patchOfAll) : model.says(lastWords)),
} satisfies Record<string, Play>;

export type ScriptName = keyof typeof scripts;

function callsThenAnswer(calls: number): Play {
  return (request) => (request.outputs().length < calls ? model.exec("true") : model.says(lastWords));
}

/** 20,000 deltas, encoded once: the model's own work must not count as the client's. */
const manyDeltas = itemEvents(
  { says: lastWords, deltas: [...Array.from({ length: 19_999 }, (_, index) => `word ${index} `), lastWords] },
  0,
  (family) => `${family}_deltas`,
)
  .map((event) => encodeEvent(event, {}))
  .join("");

const patchOfAll = [
  "*** Begin Patch",
  ...Array.from({ length: patchedFiles }, (_, index) => [
    `*** Update File: ${fileName(index)}`,
    "@@",
    " line 29 of a file",
    "-line 30 of a file",
    "+another line 30",
    " line 31 of a file",
  ]).flat(),
  "*** End Patch",
  "",
].join("\n");
