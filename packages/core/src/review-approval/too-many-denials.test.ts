import { expect, test } from "bun:test";
import { tooManyDenials } from "./too-many-denials.ts";

/** d: denied, a: allowed. The counts that the sentence names, as the original 0.169.0 counted. */
test.each([
  ["", undefined],
  ["dd", undefined],
  ["dda", undefined],
  ["addd", "3 consecutive, 3 in"],
  ["ddaddaddadda", undefined],
  ["ddaddaddaddadd", "2 consecutive, 10 in"],
  [`${"d".repeat(9)}${"a".repeat(41)}d`, undefined],
  [`${"d".repeat(9)}${"a".repeat(40)}d`, "1 consecutive, 10 in"],
])("%s", (verdicts, counts) => {
  const sentence = tooManyDenials([...verdicts].map((verdict) => verdict === "d"));
  if (counts === undefined) expect(sentence).toBeUndefined();
  else expect(sentence).toContain(counts);
});
