/**
 * A model that repairs the scratch project of `npm run demo`. Its words are scripted, its decisions are not: each step
 * looks at what the tools really gave back, and says so where that is not what it needs to go on.
 */
import type { CapturedRequest } from "../src/captured-request.ts";
import { model } from "../src/model.ts";
import type { Piece } from "../src/piece.ts";
import type { Script } from "../src/script.ts";

const patch = `*** Begin Patch
*** Update File: total.js
@@
 export function total(lines) {
   let sum = 0;
-  for (let i = 1; i < lines.length; i++) sum += lines[i].price * lines[i].count;
+  for (const { price, count } of lines) sum += price * count;
   return sum;
 }
*** End Patch
`;

/** Goes on if the newest output shows what it must; otherwise ends the turn with that output. */
const after =
  (expected: RegExp, next: Piece[]) =>
  (request: CapturedRequest): Piece[] =>
    expected.test(request.lastOutput())
      ? next
      : [model.says(`I stop here: I expected ${expected} and got this.\n\n${request.lastOutput()}`)];

const commentary = { phase: "commentary" };
const failing = /exited with code 1[\s\S]*fail 1\b/;
const passing = /exited with code 0[\s\S]*pass [1-9][\s\S]*fail 0\b/;

export const steps: Script = [
  [model.thinks("**Looking at the project**"), model.exec("ls")],
  after(/total\.test\.js/, [
    model.says("A module and its test. I read both.", commentary),
    model.exec("cat total.js total.test.js"),
  ]),
  after(/let i = 1/, [model.says("Now the test, to see it fail.", commentary), model.exec("node --test")]),
  after(failing, [
    model.thinks("**The first line is never counted**"),
    model.says("The loop begins at 1, so the first line of every order is left out. I mend it.", commentary),
    model.patch(patch),
  ]),
  after(/total\.js/, [model.exec("node --test")]),
  after(passing, [
    model.says(
      "The test passes. `total()` skipped the first line of an order because its loop began at index 1; it now goes over all lines.",
      { phase: "final_answer", deltas: 12 },
    ),
  ]),
];
