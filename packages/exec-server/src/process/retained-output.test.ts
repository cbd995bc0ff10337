import { expect, test } from "bun:test";
import fc from "fast-check";
import { retainOutput } from "./retained-output.ts";

const bytes = (size: number) => new Uint8Array(size);

test("the latest chunks are kept, up to the limit and at least one", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 40 }), { maxLength: 60 }), (sizes) => {
      const output = retainOutput(50);
      sizes.forEach((size, i) => output.add({ seq: i + 1, stream: "stdout", bytes: bytes(size) }));
      const { chunks, complete } = output.after(0, Number.POSITIVE_INFINITY);
      let [wanted, total] = [0, 0];
      for (const size of sizes.toReversed()) {
        if (wanted > 0 && total + size > 50) break;
        [wanted, total] = [wanted + 1, total + size];
      }
      expect(complete).toBe(true);
      expect(chunks.map(({ seq }) => seq)).toEqual(sizes.map((_, i) => i + 1).slice(sizes.length - wanted));
    }),
  );
});

test("a reader gets what its bytes hold, at least one chunk, and knows whether there is more", () => {
  const output = retainOutput();
  for (const seq of [1, 3, 4]) output.add({ seq, stream: "stdout", bytes: bytes(10) });
  const read = (after: number, most: number) => {
    const { chunks, complete } = output.after(after, most);
    return [chunks.map(({ seq }) => seq), complete];
  };
  expect(read(0, 20)).toEqual([[1, 3], false]);
  expect(read(0, 1)).toEqual([[1], false]);
  expect(read(1, 20)).toEqual([[3, 4], true]);
  expect(read(4, 1)).toEqual([[], true]);
});
