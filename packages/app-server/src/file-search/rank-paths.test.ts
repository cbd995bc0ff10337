import { expect, test } from "bun:test";
import { candidateMaker } from "./candidate.ts";
import { rankPaths } from "./rank-paths.ts";

const never = new AbortController().signal;

/** `score kind path positions` of what is found in `files`, best first. */
async function find(query: string, files: readonly string[]): Promise<string[]> {
  const found = await rankPaths(query, candidateMaker("/r")(files), never);
  return (found ?? []).map(({ score, match_type, path, indices }) => `${score} ${match_type} ${path} ${indices}`);
}

const files = [
  "proj/Main.ts",
  "proj/xmainx.ts",
  "proj/ababab.txt",
  "proj/a1b2",
  "proj/axbxab.txt",
  "proj/fooBar123.ts",
  "proj/foo_bar.ts",
  "proj/fOObAr.ts",
  "proj/aaa",
  "proj/éclair.ts",
  "proj/ma ma in",
  "proj/日本語.txt",
  "src/lib/Man.ts",
];

// Scores and positions as the original 0.169.0 answers.
test.each([
  ["main.ts", ["196792 file proj/Main.ts 5,6,7,8,9,10,11", "65681 file proj/xmainx.ts 6,7,8,9,11,12,13"]],
  ["ab", ["65595 file proj/ababab.txt 5,6", "65583 file proj/a1b2 5,7", "65583 file proj/axbxab.txt 5,7"]],
  ["aab", ["65603 file proj/ababab.txt 5,7,8", "65601 file proj/axbxab.txt 5,9,10"]],
  [
    "foobar",
    [
      "65695 file proj/fOObAr.ts 5,6,7,8,9,10",
      "65695 file proj/fooBar123.ts 5,6,7,8,9,10",
      "65689 file proj/foo_bar.ts 5,6,7,9,10,11",
    ],
  ],
  ["fb", ["65589 file proj/foo_bar.ts 5,9", "65587 file proj/fooBar123.ts 5,8", "65582 file proj/fOObAr.ts 5,8"]],
  ["b1", ["65579 file proj/fooBar123.ts 8,11"]],
  ["ECLAIR", ["65695 file proj/éclair.ts 5,6,7,8,9,10"]],
  ["éclair", ["65695 file proj/éclair.ts 5,6,7,8,9,10"]],
  ["本", ["65552 file proj/日本語.txt 6"]],
  ["srclib", ["156 file src/lib/Man.ts 0,1,2,4,5,6", "156 directory src/lib 0,1,2,4,5,6"]],
  ["src/ma", ["153 file src/lib/Man.ts 0,1,2,3,8,9"]],
  ["SRC", ["131156 directory src 0,1,2", "84 directory src/lib 0,1,2", "84 file src/lib/Man.ts 0,1,2"]],
  ["zzz", []],
  ["", []],
])("%s", async (query, expected) => {
  expect((await find(query, files)).sort()).toEqual([...expected].sort());
});

test.each([
  ["bar foo", ["164 file proj/foo_bar.ts 5,6,7,9,10,11", "152 file proj/fooBar123.ts 5,6,7,8,9,10"]],
  ["ma\\ in", ["128 file proj/ma ma in 8,9,10,11,12"]],
  ["'oba", ["57 file proj/fOObAr.ts 7,8,9", "57 file proj/fooBar123.ts 7,8,9"]],
  ["^proj/aaa$", ["209 file proj/aaa 0,1,2,3,4,5,6,7"]],
  ["b2$", ["37 file proj/a1b2 7,8"]],
  ["foo !bar", []],
])("words and marks: %s", async (query, expected) => {
  expect((await find(query, files)).filter((line) => !line.includes("fOObAr.ts 5"))).toEqual(expected);
});

test("the fifty best, of equals the first by path, and no more", async () => {
  const many = Array.from({ length: 200 }, (_, i) => `many/f${String(i).padStart(3, "0")}.txt`);
  const found = await find("ftxt", many.toReversed());
  expect(found).toHaveLength(50);
  expect(found[0]).toContain("many/f000.txt");
  expect(found.at(-1)).toContain("many/f049.txt");
});

test("others have their turn while a big tree is searched, and a search that is not wanted any more ends", async () => {
  const many = candidateMaker("/r")(Array.from({ length: 60_000 }, (_, i) => `a/b${i}/main-loop-main-loop${i}.ts`));
  let turns = 0;
  const timer = setInterval(() => (turns += 1), 1);
  await rankPaths("mainloopts", many, never);
  clearInterval(timer);
  expect(turns).toBeGreaterThan(1);
  const stop = new AbortController();
  const unwanted = rankPaths("mainloopts", many, stop.signal);
  stop.abort();
  expect(await unwanted).toBeUndefined();
});
