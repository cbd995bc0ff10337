import { afterEach, beforeEach, expect, test } from "bun:test";
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { snapshotFile } from "./file-snapshot.ts";
import { stageRemoval, stageWrite } from "./stage-file.ts";

let base = "";
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), "stage-")));
});
afterEach(() => rmSync(base, { recursive: true }));

const bytes = new TextEncoder().encode("new");

function previous(path: string) {
  const read = snapshotFile(path, "file");
  if (!read.ok || read.value === undefined) throw new Error(`no file at ${path}`);
  return read.value;
}

test("replaces a file only at the last step, with its permissions", () => {
  const path = join(base, "a");
  writeFileSync(path, "old");
  chmodSync(path, 0o750);
  const staged = stageWrite(path, bytes, previous(path));
  expect(readFileSync(path, "utf8")).toBe("old");
  staged.commit();
  staged.dispose();
  expect([readFileSync(path, "utf8"), statSync(path).mode & 0o7777]).toEqual(["new", 0o750]);
  expect(readdirSync(base)).toEqual(["a"]);
});

test("makes missing folders, and leaves no temporary file when it is not committed", () => {
  stageWrite(join(base, "x/y/a"), bytes, undefined).dispose();
  expect(readdirSync(join(base, "x/y"))).toEqual([]);
});

test("refuses a folder that is a link", () => {
  mkdirSync(join(base, "real"));
  symlinkSync("real", join(base, "link"));
  expect(() => stageWrite(join(base, "link/a"), bytes, undefined)).toThrow();
  expect(() => stageWrite(join(base, "link/sub/a"), bytes, undefined)).toThrow();
  expect(readdirSync(join(base, "real"))).toEqual([]);
});

test("refuses a file that changed since it was read, or appeared", () => {
  const path = join(base, "a");
  const fresh = stageWrite(path, bytes, undefined);
  writeFileSync(path, "other");
  expect(() => fresh.commit()).toThrow();
  fresh.dispose();
  const removal = stageRemoval(path, previous(path).version);
  writeFileSync(path, "another");
  expect(() => removal.commit()).toThrow();
  removal.dispose();
  expect(readFileSync(path, "utf8")).toBe("another");
});

test.if(process.platform === "linux")("stays in its folder when a link takes the folder's place", () => {
  mkdirSync(join(base, "folder"));
  mkdirSync(join(base, "trap"));
  const staged = stageWrite(join(base, "folder/a"), bytes, undefined);
  renameSync(join(base, "folder"), join(base, "moved"));
  symlinkSync("trap", join(base, "folder"));
  staged.commit();
  staged.dispose();
  expect([readdirSync(join(base, "moved")), readdirSync(join(base, "trap"))]).toEqual([["a"], []]);
});
