import { afterEach, expect, test } from "bun:test";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { watchPath, type PathWatch } from "./watch-path.ts";

const open: (() => void)[] = [];
afterEach(() => {
  for (const close of open.splice(0)) close();
});

function bench(name: string) {
  const root = realpathSync(mkdtempSync(join(tmpdir(), "watch-")));
  let heard = Promise.withResolvers<string[]>();
  let watch: PathWatch | undefined;
  open.push(() => {
    watch?.close();
    rmSync(root, { recursive: true });
  });
  return {
    at: (...names: string[]) => join(root, ...names),
    begin() {
      watch = watchPath(join(root, name), (paths) => heard.resolve(paths), 30);
    },
    /** The names that are told after `act`. */
    async after(act: () => void): Promise<string[]> {
      heard = Promise.withResolvers();
      act();
      return (await heard.promise).map((path) => path.slice(root.length + 1));
    },
  };
}

/** Does `act` and waits until a watch of `path` has told of it. */
async function seen(path: string, act: () => void): Promise<void> {
  const told = Promise.withResolvers<void>();
  const watch = watchPath(path, () => told.resolve(), 0);
  act();
  await told.promise;
  watch.close();
}

test("a folder: what comes, changes, is renamed and goes in it", async () => {
  const { at, begin, after } = bench("d");
  mkdirSync(at("d", "sub"), { recursive: true });
  begin();
  expect(await after(() => writeFileSync(at("d", "a"), "1"))).toEqual(["d/a"]);
  expect(await after(() => writeFileSync(at("d", "a"), "2"))).toEqual(["d/a"]);
  expect(await after(() => chmodSync(at("d", "a"), 0o600))).toEqual(["d/a"]);
  expect(await after(() => renameSync(at("d", "a"), at("d", "b")))).toEqual(["d/a", "d/b"]);
  expect(await after(() => renameSync(at("d", "b"), at("b")))).toEqual(["d/b"]);
  const deeper = () => writeFileSync(at("d", "sub", "x"), "");
  expect(await after(() => (deeper(), ["2", "1"].map((name) => mkdirSync(at("d", name)))))).toEqual(["d/1", "d/2"]);
  expect(await after(() => rmSync(at("d", "1"), { recursive: true }))).toEqual(["d/1"]);
  expect(await after(() => writeFileSync(at("d", "d"), ""))).toEqual(["d/d"]);
  expect(await after(() => rmSync(at("d", "d")))).toEqual(["d/d"]);
});

test("a folder that goes and comes back", async () => {
  const { at, begin, after } = bench("d");
  mkdirSync(at("d"));
  writeFileSync(at("d", "a"), "");
  begin();
  expect(await after(() => rmSync(at("d"), { recursive: true }))).toEqual(["d", "d/a"]);
  expect(await after(() => mkdirSync(at("d")))).toEqual(["d"]);
  expect(await after(() => writeFileSync(at("d", "b"), ""))).toEqual(["d/b"]);
});

test("a file: changed, replaced, removed, made again", async () => {
  const { at, begin, after } = bench("f");
  writeFileSync(at("f"), "1");
  begin();
  const replace = () => {
    writeFileSync(at("g"), "");
    renameSync(at("g"), at("f"));
  };
  expect(await after(() => writeFileSync(at("f"), "2"))).toEqual(["f"]);
  expect(await after(replace)).toEqual(["f"]);
  expect(await after(() => writeFileSync(at("f"), "3"))).toEqual(["f"]);
  expect(await after(() => rmSync(at("f")))).toEqual(["f"]);
  expect(await after(() => writeFileSync(at("f"), "4"))).toEqual(["f"]);
  expect(await after(() => writeFileSync(at("f"), "5"))).toEqual(["f"]);
});

test("what is not there yet, nor the folders around it", async () => {
  const { at, begin, after } = bench("x/y/z");
  begin();
  await seen(at("x"), () => mkdirSync(at("x")));
  await seen(at("x", "y"), () => mkdirSync(at("x", "y")));
  expect(await after(() => writeFileSync(at("x", "y", "z"), "1"))).toEqual(["x/y/z"]);
  expect(await after(() => writeFileSync(at("x", "y", "z"), "2"))).toEqual(["x/y/z"]);
});

test("folders around it that come at once, with it in them", async () => {
  const { at, begin, after } = bench("x/y/z");
  mkdirSync(at("made", "y"), { recursive: true });
  writeFileSync(at("made", "y", "z"), "");
  begin();
  expect(await after(() => renameSync(at("made"), at("x")))).toEqual(["x/y/z"]);
});

test("through a link, by the link's name", async () => {
  const { at, begin, after } = bench("l");
  mkdirSync(at("d"));
  symlinkSync("d", at("l"));
  begin();
  expect(await after(() => writeFileSync(at("d", "a"), ""))).toEqual(["l/a"]);
});

test("a file through a link", async () => {
  const { at, begin, after } = bench("l");
  writeFileSync(at("f"), "");
  symlinkSync("f", at("l"));
  begin();
  expect(await after(() => writeFileSync(at("f"), "1"))).toEqual(["l"]);
});

test("two who watch one folder both hear, also of its successor, and one who has closed does not", async () => {
  const { at, begin, after } = bench("d");
  mkdirSync(at("d"));
  begin();
  const other: string[][] = [];
  const second = watchPath(at("d"), (paths) => other.push(paths), 0);
  await after(() => rmSync(at("d"), { recursive: true }));
  await after(() => mkdirSync(at("d")));
  expect(await after(() => writeFileSync(at("d", "a"), ""))).toEqual(["d/a"]);
  expect(other.at(-1)).toEqual([at("d", "a")]);
  second.close();
  const before = other.length;
  expect(await after(() => writeFileSync(at("d", "b"), ""))).toEqual(["d/b"]);
  expect(other).toHaveLength(before);
});
