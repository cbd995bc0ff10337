import { expect, test } from "bun:test";
import { unifiedDiff } from "./unified-diff.ts";

const numbers = (from: number, to: number): string[] =>
  Array.from({ length: to - from + 1 }, (_, n) => String(from + n));

test.each([
  ["1\n2\n", "1\n2\n", ""],
  ["1\n", "", "@@ -1 +0,0 @@\n-1\n"],
  ["", "1\n2\n", "@@ -0,0 +1,2 @@\n+1\n+2\n"],
  ["1\n2", "1\n2\n3\n", "@@ -1,2 +1,3 @@\n 1\n-2\n\\ No newline at end of file\n+2\n+3\n"],
  ["1\r\n2\r\n3\r\n", "1\r\ntwo\r\n3\r\n", "@@ -1,3 +1,3 @@\n 1\r\n-2\r\n+two\r\n 3\r\n"],
])("prints the hunks from %j to %j", (before, after, diff) => {
  expect(unifiedDiff(before, after)).toBe(diff);
});

test("gives one line of context around each hunk", () => {
  const before = `${numbers(1, 15).join("\n")}\n`;
  const after = before.replace("\n2\n", "\ntwo\n").replace("\n13\n", "\n13a\n13b\n");
  expect(unifiedDiff(before, after)).toBe(
    "@@ -1,3 +1,3 @@\n 1\n-2\n+two\n 3\n@@ -12,3 +12,4 @@\n 12\n-13\n+13a\n+13b\n 14\n",
  );
});

test("gives up on the smallest difference of two large texts that share nothing", () => {
  const before = `${numbers(1, 40_000).join("\n")}\n`;
  const after = `${numbers(100_001, 140_000).join("\n")}`;
  const diff = unifiedDiff(before, after);
  expect(diff).toStartWith("@@ -1,40000 +1,40000 @@\n-1\n-2\n");
  expect(diff).toEndWith("+140000\n\\ No newline at end of file\n");
});
