import { expect, test } from "bun:test";
import * as fc from "fast-check";
import { parsePatch } from "./parse-patch.ts";
import { printPatch } from "./testing.ts";
import type { Hunk, HunkLine, Operation } from "./patch.ts";

const text = fc.string({ unit: fc.constantFrom("a", "b", "é", "+", "-", "@", "*", "\t", "x y"), maxLength: 6 });
const path = fc.string({ unit: fc.constantFrom("a", "b", "/", ".", "ü"), minLength: 1, maxLength: 8 });
const line: fc.Arbitrary<HunkLine> = fc.record({ mark: fc.constantFrom(" ", "-", "+"), text });
const hunk: fc.Arbitrary<Hunk> = fc.record({
  contexts: fc.array(
    text.filter((context) => context.trim() !== ""),
    { maxLength: 2 },
  ),
  lines: fc.array(line, { minLength: 1, maxLength: 5 }),
  endOfFile: fc.boolean(),
});
const content = fc.array(text, { maxLength: 4 }).map((lines) => lines.map((line) => `${line}\n`).join(""));
const operation: fc.Arbitrary<Operation> = fc.oneof(
  fc.record({ kind: fc.constant("add" as const), path, content }),
  fc.record({ kind: fc.constant("delete" as const), path }),
  fc.record(
    { kind: fc.constant("update" as const), path, moveTo: path, hunks: fc.array(hunk, { minLength: 1, maxLength: 3 }) },
    { requiredKeys: ["kind", "path", "hunks"] },
  ),
);

test("reads back every patch that is printed, also with CRLF, blank lines around it or in a here-document", () => {
  const wrap = fc.constantFrom<(patch: string) => string>(
    (patch) => patch,
    (patch) => patch.replaceAll("\n", "\r\n"),
    (patch) => `\n \n${patch}\n\n`,
    (patch) => `<<'EOF'\n${patch}EOF\n`,
  );
  fc.assert(
    fc.property(fc.array(operation, { minLength: 1, maxLength: 4 }), wrap, (patch, wrap) => {
      expect(parsePatch(wrap(printPatch(patch)))).toEqual({ ok: true, value: patch });
    }),
  );
});

const headers = "Valid hunk headers: '*** Add File: {path}', '*** Delete File: {path}', '*** Update File: {path}'";
const inPatch = (body: string): string => `*** Begin Patch\n${body}*** End Patch\n`;

test.each([
  ["*** Add File: a\n+1\n*** End Patch", "invalid patch: The first line of the patch must be '*** Begin Patch'"],
  ["*** Begin Patch\n*** Add File: a\n+1\n", "invalid patch: The last line of the patch must be '*** End Patch'"],
  ["*** Begin Patch", "invalid patch: The last line of the patch must be '*** End Patch'"],
  [inPatch("*** Frob: x\n"), `invalid hunk at line 2, '*** Frob: x' is not a valid hunk header. ${headers}`],
  [inPatch("*** Add File: a\n+1\nx\n"), `invalid hunk at line 4, 'x' is not a valid hunk header. ${headers}`],
  [inPatch("*** Update File: a\n"), "invalid hunk at line 2, Update file hunk for path 'a' is empty"],
  [
    inPatch("*** Update File: a\n@@\n*** End of File\n"),
    "invalid hunk at line 4, Update hunk does not contain any lines",
  ],
  [
    inPatch("*** Update File: a\n@@\nx\n"),
    "invalid hunk at line 4, Unexpected line found in update hunk: 'x'. Every line should start with ' ' (context line), '+' (added line), or '-' (removed line)",
  ],
  [
    inPatch("*** Update File: a\n@@\n-1\n+2\nx\n"),
    "invalid hunk at line 6, Expected update hunk to start with a @@ context marker, got: 'x'",
  ],
])("says what is wrong with %j", (patch, sentence) => {
  expect(parsePatch(patch)).toEqual({ ok: false, error: sentence });
});

test("takes a first hunk without @@, headers with spaces around them, and an empty line as empty context", () => {
  const parsed = parsePatch("  *** Begin Patch\n *** Update File: a \n 1\n\n-2\n  *** End Patch ");
  const lines = [
    { mark: " ", text: "1" },
    { mark: " ", text: "" },
    { mark: "-", text: "2" },
  ] satisfies HunkLine[];
  expect(parsed).toEqual({
    ok: true,
    value: [{ kind: "update", path: "a", hunks: [{ contexts: [], lines, endOfFile: false }] }],
  });
});
