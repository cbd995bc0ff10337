import { describe, expect, test } from "bun:test";
import * as fc from "fast-check";
import type { TruncationPolicy } from "../tools/define-tool.ts";
import { cutMiddle, outputBudget, outputText } from "./output-text.ts";
import type { Retained } from "./session-output.ts";

const whole = (text: string): Retained => ({
  head: text,
  tail: "",
  omitted: 0,
  total: Buffer.byteLength(text),
  spool: undefined,
});
const tokens = (limit: number): TruncationPolicy => ({ mode: "tokens", limit });
const lines = (count: number): string => Array.from({ length: count }, (_, i) => `${i + 1}\n`).join("");
const report = { chunkId: "af7f44", wallMs: 1988.6, state: { exitCode: 3 } } as const;

describe("outputText", () => {
  test("an ended command", () => {
    expect(outputText({ ...report, output: whole("hi\nyo\n") }, tokens(10_000))).toBe(
      "Chunk ID: af7f44\nWall time: 1.9886 seconds\nProcess exited with code 3\nOriginal token count: 2\nOutput:\nhi\nyo\n",
    );
  });

  test("a running command that has printed nothing", () => {
    const running = { ...report, state: { sessionId: 22006 }, wallMs: 0, output: whole("") };
    expect(outputText(running, tokens(1))).toBe(
      "Chunk ID: af7f44\nWall time: 0.0000 seconds\nProcess running with session ID 22006\nOriginal token count: 0\nOutput:\n",
    );
  });

  // Each as the original prints it.
  test.each([
    [
      lines(3000),
      20,
      `Warning: truncated output (original token count: 3474)\nTotal output lines: 3000\n\n${lines(16)}1…3454 tokens truncated…2993\n2994\n2995\n2996\n2997\n2998\n2999\n3000\n`,
    ],
    [
      lines(3000),
      0,
      "Warning: truncated output (original token count: 3474)\nTotal output lines: 3000\n\n…3474 tokens truncated…",
    ],
    [
      `${"é".repeat(33)}\nxx`,
      5,
      "Warning: truncated output (original token count: 18)\nTotal output lines: 2\n\nééééé…13 tokens truncated…ééé\nxx",
    ],
  ])("cuts the middle", (text, limit, body) => {
    expect(outputText({ ...report, output: whole(text) }, tokens(limit)).split("Output:\n")[1]).toBe(body);
  });

  test("a byte limit is told in characters", () => {
    const text = outputText({ ...report, output: whole("x".repeat(100)) }, { mode: "bytes", limit: 40 });
    expect(text).toEndWith(`\n\n${"x".repeat(20)}…60 chars truncated…${"x".repeat(20)}`);
  });

  test("what was not kept is told with the place of the whole", () => {
    const output: Retained = {
      head: "aaaa",
      tail: "bbbb",
      omitted: 940_319,
      total: 940_327,
      spool: { path: "/tmp/out.txt", complete: true },
    };
    const line = "... 940319 bytes omitted ... (the whole output is in /tmp/out.txt)";
    expect(outputText({ ...report, output }, tokens(10_000))).toEndWith(`Output:\naaaa\n${line}\nbbbb`);
    expect(outputText({ ...report, output }, tokens(2))).toContain(`(original token count: 235082)\n${line}\n\naaaa…`);
    const partial = { ...output, spool: { path: "/tmp/out.txt", complete: false } };
    expect(outputText({ ...report, output: partial }, tokens(2))).toContain("the first part of the output is in /tmp");
  });
});

describe("cutMiddle", () => {
  const policy = fc.record({
    mode: fc.constantFrom<"tokens" | "bytes">("tokens", "bytes"),
    limit: fc.nat({ max: 40 }),
  });
  const text = fc.string({ unit: "binary", maxLength: 300 }).map((value) => value.toWellFormed());

  test("never exceeds the budget, and gives head and tail as they are", () => {
    fc.assert(
      fc.property(text, policy, (text, policy) => {
        const room = policy.mode === "tokens" ? policy.limit * 4 : policy.limit;
        const cut = cutMiddle(text, policy);
        if (cut === undefined) return expect(Buffer.byteLength(text)).toBeLessThanOrEqual(room);
        expect(Buffer.byteLength(text)).toBeGreaterThan(room);
        expect(Buffer.byteLength(cut.head) + Buffer.byteLength(cut.tail)).toBeLessThanOrEqual(room);
        expect(text.startsWith(cut.head)).toBe(true);
        expect(text.endsWith(cut.tail)).toBe(true);
      }),
    );
  });

  test("wastes less than one character on each side", () => {
    fc.assert(
      fc.property(text, policy, (text, policy) => {
        const half = Math.floor((policy.mode === "tokens" ? policy.limit * 4 : policy.limit) / 2);
        const cut = cutMiddle(text, policy);
        if (cut === undefined) return;
        expect(Buffer.byteLength(cut.head)).toBeGreaterThan(half - 4);
        expect(Buffer.byteLength(cut.tail)).toBeGreaterThan(half - 4);
      }),
    );
  });
});

test.each([
  [tokens(10_000), undefined, tokens(10_000)],
  [tokens(10_000), 50_000, tokens(10_000)],
  [tokens(10_000), 20, tokens(20)],
  [tokens(10_000), -3, tokens(0)],
  [{ mode: "bytes", limit: 10_000 } as const, undefined, { mode: "bytes", limit: 10_000 } as const],
  [{ mode: "bytes", limit: 10_000 } as const, 20, { mode: "bytes", limit: 80 } as const],
])("the budget of %o with %p asked for is %o", (policy, asked, budget) => {
  expect(outputBudget(policy, asked)).toEqual(budget);
});
