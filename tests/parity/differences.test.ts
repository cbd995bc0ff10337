import { describe, expect, test } from "bun:test";
import type { Difference } from "./compare.ts";
import { generalPlaces, judge, type Listed, strayNames } from "./differences.ts";

const exit: Difference = { at: "runs/0/exit", ours: 1, original: 0 };
const total: Difference = { at: "runs/0/events/4/thread_usage", ours: { input: 1 }, original: undefined };

const entries: Listed[] = [
  {
    scenario: "*",
    reason: "The total is ours.",
    places: [{ at: "runs/*/events/*/thread_usage", ours: "{…}", original: "(absent)" }],
  },
  { scenario: ["blank", "empty"], reason: "Refused.", places: [{ at: "runs/0/exit", ours: 1, original: 0 }] },
];

describe("judge", () => {
  test("tells what is listed by name, what for many, and what is not", () => {
    const other: Difference = { at: "runs/0/exit", ours: 2, original: 0 };
    const judgement = judge("blank", [exit, total, other], entries);
    expect(judgement).toMatchObject({ listed: [exit], general: [total], unexpected: [other], vanished: [] });
  });

  test("a difference that is listed for other scenarios is unexpected", () => {
    expect(judge("text", [exit], entries).unexpected).toEqual([exit]);
  });

  test("a listed difference that does not show is told, one for many is not", () => {
    expect(judge("empty", [], entries).vanished).toEqual(["blank, empty: runs/0/exit: 1 | 0"]);
    expect(judge("text", [], entries).vanished).toEqual([]);
  });

  test("a difference that shows at times need not show", () => {
    const once: Listed = { scenario: "x", reason: "", sometimes: true, places: [{ at: "a", ours: 1, original: 2 }] };
    const many: Listed = { ...once, scenario: "*" };
    expect(judge("x", [], [once]).vanished).toEqual([]);
    expect(judge("x", [{ at: "a", ours: 1, original: 2 }], [once]).unexpected).toEqual([]);
    expect(generalPlaces([many])).toEqual([]);
  });

  test("places for many are named as they are when they show", () => {
    expect([...judge("text", [total], entries).shown]).toEqual(generalPlaces(entries));
  });

  test.each([
    ["a text is matched as a whole", "half", "half and more", false],
    ["… is any text", "half…", "half\nand more", true],
    ["nothing is (absent)", "(absent)", undefined, true],
    ["a value of JSON must be equal", 1, "1", false],
    ["signs mean themselves", "a.c", "abc", false],
  ])("%s", (_name, listed, value, matches) => {
    const entry: Listed = { scenario: "x", reason: "", places: [{ at: "**/output", ours: listed, original: "" }] };
    const { unexpected } = judge("x", [{ at: "a/b/output", ours: value, original: "" }], [entry]);
    expect(unexpected.length === 0).toBe(matches);
  });
});

test("names in the list that no scenario bears", () => {
  expect(strayNames(entries, ["blank", "text"])).toEqual(["empty"]);
});
