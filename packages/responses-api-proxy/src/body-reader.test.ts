import { expect, test } from "bun:test";
import fc from "fast-check";
import { BodyReader } from "./body-reader.ts";
import type { Framing } from "./parse-head.ts";

/** Reads `text` in pieces that end at `cuts`; what came of it. */
function readInPieces(framing: Framing, text: string, cuts: readonly number[]) {
  const reader = new BodyReader(framing);
  const bytes = Buffer.from(text, "latin1");
  const ends = [...new Set(cuts.map((cut) => cut % (bytes.length + 1))), bytes.length].sort((a, b) => a - b);
  let body = "";
  let taken = 0;
  let from = 0;
  for (const end of ends) {
    const piece = bytes.subarray(from, end);
    const upTo = reader.read(piece, 0, (part) => {
      body += part.toString("latin1");
    });
    if (upTo === -1) return "malformed";
    taken += upTo;
    from = end;
  }
  return { body, done: reader.done, rest: text.slice(taken) };
}

const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
const pieces = fc.array(fc.string({ unit: "binary-ascii", minLength: 1, maxLength: 40 }), { maxLength: 8 });
const cuts = fc.array(fc.nat(2000), { maxLength: 30 });

test("chunks come out as they went in, however they are cut, and what follows is left", () => {
  fc.assert(
    fc.property(pieces, cuts, fc.string({ unit: "binary-ascii" }), (parts, at, rest) => {
      const text = `${parts.map(chunk).join("")}0\r\nx-trailer: 1\r\n\r\n${rest}`;
      expect(readInPieces({ type: "chunked" }, text, at)).toEqual({ body: parts.join(""), done: true, rest });
    }),
  );
});

test("a body of a known length ends there", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary-ascii" }), fc.string({ unit: "binary-ascii" }), cuts, (body, rest, at) => {
      const read = readInPieces({ type: "length", length: body.length }, body + rest, at);
      expect(read).toEqual({ body, done: true, rest });
    }),
  );
});

test("a body up to the end takes all", () => {
  expect(readInPieces({ type: "close" }, "abcdef", [2, 4])).toEqual({ body: "abcdef", done: false, rest: "" });
  expect(readInPieces({ type: "none" }, "abc", [])).toEqual({ body: "", done: true, rest: "abc" });
});

test.each([
  "3\r\nabcd\r\n0\r\n\r\n",
  "3\nabc\n0\n\n",
  "0x3\r\nabc\r\n",
  " 3\r\nabc\r\n",
  "-3\r\nabc\r\n",
  "\r\n",
  "123456789\r\n",
  `3;${"a".repeat(2000)}`,
  `0\r\n${"x-a: 1234567890\r\n".repeat(2000)}`,
])("what is no chunk is malformed, however it is cut: %j", (text) => {
  fc.assert(
    fc.property(cuts, (at) => {
      expect(readInPieces({ type: "chunked" }, text, at)).toBe("malformed");
    }),
    { numRuns: 20 },
  );
});
