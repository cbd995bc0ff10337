import { describe, expect, test } from "bun:test";
import type { JsonValue } from "@codex/protocol/json";
import { compare } from "./compare.ts";

describe("compare", () => {
  test("equal values have no differences", () => {
    expect(compare({ a: [1, { b: "x" }] }, { a: [1, { b: "x" }] })).toEqual([]);
  });

  test("a difference is told as deep as it goes, with slashes in keys escaped", () => {
    expect(compare({ files: { "sub/a.txt": "1" } }, { files: { "sub/a.txt": "2" } })).toEqual([
      { at: "files/sub~1a.txt", ours: "1", original: "2" },
    ]);
  });

  test("a key that one side lacks", () => {
    expect(compare({ a: 1 }, { b: null })).toEqual([
      { at: "b", ours: undefined, original: null },
      { at: "a", ours: 1, original: undefined },
    ]);
  });

  test("an entry more does not shift the others", () => {
    expect(compare([{ type: "x" }, { type: "new" }, { type: "y" }], [{ type: "x" }, { type: "y" }])).toEqual([
      { at: "+1", ours: { type: "new" }, original: undefined },
    ]);
    expect(compare(["a", "c"], ["a", "b", "c"])).toEqual([{ at: "1", ours: undefined, original: "b" }]);
  });

  test("entries of one kind are compared with each other, of another kind they are two", () => {
    const ours: JsonValue = [{ type: "error", message: "x" }, { item: { type: "done", id: 1 } }];
    const original = [{ item: { type: "done", id: 2 } }];
    expect(compare(ours, original)).toEqual([
      { at: "0/item/id", ours: 1, original: 2 },
      { at: "+0", ours: { type: "error", message: "x" }, original: undefined },
    ]);
  });
});
