import { expect, test } from "bun:test";
import { assert, nat, property, string } from "fast-check";
import { fitLines } from "./fit-lines.ts";

test("keeps whole lines", () => expect(fitLines("ab\ncd\nef", 7)).toBe("ab\ncd\n"));
test("keeps a line that ends at the limit", () => expect(fitLines("ab\ncd\n", 3)).toBe("ab\n"));
test("keeps nothing where nothing may be kept", () => {
  expect(fitLines("\n", 0)).toBe("");
});

test("cuts a long first line between characters", () => expect(fitLines("ééé", 3)).toBe("é"));

test("is always a start of the text, within the limit, without broken characters", () => {
  assert(
    property(string({ unit: "binary" }), nat(60), (text, limit) => {
      const kept = fitLines(text, limit);
      expect(text.startsWith(kept)).toBe(true);
      expect(Buffer.byteLength(kept)).toBeLessThanOrEqual(limit);
    }),
  );
});
