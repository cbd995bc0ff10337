import { expect, test } from "bun:test";
import fc from "fast-check";
import { splitLines } from "./split-lines.ts";

async function split(pieces: Uint8Array[], longest = 1000): Promise<string[]> {
  const lines: string[] = [];
  const chunks = (async function* () {
    yield* pieces;
  })();
  for await (const line of splitLines(chunks, longest)) lines.push(line.type === "text" ? line.text : line.why);
  return lines;
}

test("lines come back whole, wherever the bytes are cut; empty ones are none", async () => {
  const line = fc.string({ unit: "grapheme", maxLength: 60 }).map((text) => text.replaceAll(/[\r\n]/g, ""));
  await fc.assert(
    fc.asyncProperty(fc.array(line), fc.array(fc.nat(600)), fc.constantFrom("\n", "\r\n"), async (lines, cuts, end) => {
      const bytes = Buffer.from(lines.join(end));
      const ends = [...new Set(cuts.filter((cut) => cut < bytes.byteLength))].toSorted((a, b) => a - b);
      const pieces = [...ends, bytes.byteLength].map((to, i) => bytes.subarray(ends[i - 1] ?? 0, to));
      expect(await split(pieces)).toEqual(lines.filter((text) => text !== ""));
    }),
    { numRuns: 200 },
  );
});

test("a line that is too long, and one that is no UTF-8, are told of in their place", async () => {
  const pieces = ["a\n", "x".repeat(800), "y".repeat(300), "z".repeat(900), "\nb\n"].map((text) => Buffer.from(text));
  expect(await split([...pieces, new Uint8Array([0xc3, 0x28, 0x0a]), Buffer.from("c")])).toEqual([
    "a",
    "tooLong",
    "b",
    "notUtf8",
    "c",
  ]);
});
