import { expect, test } from "bun:test";
import fc from "fast-check";
import { splitLines } from "./split-lines.ts";

async function* streamOf(...chunks: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks;
}

test("lines are the same however the bytes are cut", async () => {
  const lines = fc.array(
    fc.string({ unit: "grapheme" }).map((text) => text.replaceAll("\n", "")),
    { minLength: 1 },
  );
  await fc.assert(
    fc.asyncProperty(lines, fc.integer({ min: 1, max: 9 }), async (expected, size) => {
      const bytes = Buffer.from(expected.map((line) => `${line}\n`).join(""));
      const count = Math.ceil(bytes.length / size);
      const chunks = Array.from({ length: count }, (_, index) => bytes.subarray(index * size, (index + 1) * size));
      expect(await Array.fromAsync(splitLines(streamOf(...chunks)))).toEqual(expected);
    }),
  );
});

test("a last line without a line feed counts, an empty one does not", async () => {
  expect(await Array.fromAsync(splitLines(streamOf(Buffer.from("a\nb"))))).toEqual(["a", "b"]);
  expect(await Array.fromAsync(splitLines(streamOf(Buffer.from("a\n"))))).toEqual(["a"]);
});

test("no chunk is asked for before the lines of the last are taken", async () => {
  let asked = 0;
  async function* counted() {
    for (; asked < 3; asked++) yield Buffer.from("1\n2\n");
  }
  const lines = splitLines(counted());
  await lines.next();
  await lines.next();
  expect(asked).toBe(0);
  await lines.next();
  expect(asked).toBe(1);
});
