import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { applyHunks } from "./apply-hunks.ts";
import { parsePatch } from "./parse-patch.ts";
import { hunkBetween } from "./testing.ts";

const line = fc.constantFrom("", "a", "b", "  c", "é “x”", "end\t");
const lines = fc.array(line, { minLength: 1, maxLength: 12 });

test("turns the text before into the text after, byte for byte", () => {
  const form = fc.record({
    mark: fc.constantFrom("", "\uFEFF"),
    ending: fc.constantFrom("\n", "\r\n"),
    closed: fc.boolean(),
  });
  fc.assert(
    fc.property(lines, lines, form, (before, after, { mark, ending, closed }) => {
      const asText = (texts: readonly string[]): string => mark + texts.join(ending) + (closed ? ending : "");
      // An open last line that is empty cannot be told from a closed one.
      fc.pre(closed || (before.at(-1) !== "" && after.at(-1) !== "" && (before.length > 1 || ending === "\n")));
      expect(applyHunks(asText(before), [hunkBetween(before, after)], "f")).toEqual({ ok: true, value: asText(after) });
    }),
  );
});

/** The outcome of `body` as the section of one file. */
function applied(text: string, body: string): string {
  const patch = parsePatch(`*** Begin Patch\n*** Update File: f\n${body}*** End Patch\n`);
  const [operation] = patch.ok ? patch.value : [];
  if (operation?.kind !== "update") throw new Error("the test's patch is wrong");
  const result = applyHunks(text, operation.hunks, "/w/f");
  return result.ok ? result.value : `! ${result.error}`;
}

test.each([
  ["blanks at a line's end", "1  \n2\t\n3\n", "@@\n 1\n-2\n+x\n 3\n", "1  \nx\n3\n"],
  ["indentation", "  1\n  2\n  3\n", "@@\n 1\n-2\n+x\n 3\n", "  1\nx\n  3\n"],
  ["typographic quotes, dashes and spaces", "it’s “x” – y\u00a0z\n…\n", '@@\n-it\'s "x" - y z\n+ok\n', "ok\n…\n"],
])("finds lines in spite of %s, and keeps what stays as it was", (_name, text, body, after) => {
  expect(applied(text, body)).toBe(after);
});

test("prefers an exact place to an earlier loose one", () => {
  expect(applied(" x\nx\n", "@@\n-x\n+y\n")).toBe(" x\ny\n");
});

test("looks below each @@ text in turn", () => {
  const text = "class A\n def f\n  x\nclass B\n def f\n  x\n";
  expect(applied(text, "@@ class B\n@@  def f\n-  x\n+  y\n")).toBe("class A\n def f\n  x\nclass B\n def f\n  y\n");
});

test("puts lines that are only added at the end, without moving the search", () => {
  expect(applied("1\n2\n3\n", "@@\n+4\n@@\n-2\n+two\n")).toBe("1\ntwo\n3\n4\n");
  expect(applied("", "@@\n+1\n")).toBe("1\n");
});

test("holds *** End of File to the end", () => {
  expect(applied("x\n1\nx\n1\n", "@@\n x\n-1\n+2\n*** End of File\n")).toBe("x\n1\nx\n2\n");
  expect(applied("x\n1\ny\n", "@@\n x\n-1\n+2\n*** End of File\n")).toBe(
    "! Failed to find expected lines in /w/f:\nx\n1",
  );
});

test("does without a blank line that stands only before the next header", () => {
  expect(applied("1\n2\n", "@@\n 1\n-2\n+two\n\n")).toBe("1\ntwo\n");
});

test("gives new lines the ending of the file's first line and leaves the others' alone", () => {
  expect(applied("1\r\n2\n3\r\n4\n", "@@\n 1\n-2\n+two\n 3\n")).toBe("1\r\ntwo\r\n3\r\n4\n");
});

test("says which lines or which text it misses", () => {
  expect(applied("1\n", "@@\n-zork\n 1\n")).toBe("! Failed to find expected lines in /w/f:\nzork\n1");
  expect(applied("1\n", "@@ zork\n-1\n")).toBe("! Failed to find context 'zork' in /w/f");
  expect(applied("1\n2\n3\n", "@@\n-3\n+x\n@@\n-1\n+y\n")).toBe("! Failed to find expected lines in /w/f:\n1");
});
