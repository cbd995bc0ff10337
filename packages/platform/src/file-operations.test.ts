import { afterAll, expect, test } from "bun:test";
import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { copyPath, folderEntries, makeFolder, readWholeFile, removePath, writeWholeFile } from "./file-operations.ts";

const root = mkdtempSync(join(tmpdir(), "files-"));
afterAll(() => rmSync(root, { recursive: true }));
const at = (...names: string[]): string => join(root, ...names);

mkdirSync(at("d", "sub"), { recursive: true });
writeFileSync(at("d", "program"), "#!", { mode: 0o755 });
writeFileSync(at("d", "sub", "y"), "2");
symlinkSync("program", at("d", "link"));
symlinkSync("d", at("to-d"));
symlinkSync("nowhere", at("broken"));

const done = { ok: true, value: undefined } as const;
const failed = (code: string) => ({ ok: false, error: expect.objectContaining({ code }) }) as never;

test("a folder is copied with modes and links, into one that is there", async () => {
  expect(await copyPath(at("d"), at("new", "copy"), true)).toEqual(done);
  expect(statSync(at("new", "copy", "program")).mode & 0o777).toBe(0o755);
  expect(readlinkSync(at("new", "copy", "link"))).toBe("program");
  expect(readFileSync(at("new", "copy", "sub", "y"), "utf8")).toBe("2");
  mkdirSync(at("there"));
  writeFileSync(at("there", "own"), "");
  expect(await copyPath(at("d", "sub"), at("there"), true)).toEqual(done);
  expect(readdirSync(at("there")).sort()).toEqual(["own", "y"]);
});

test("a folder is not copied into itself, by whatever way", async () => {
  expect(await copyPath(at("d"), at("d", "sub", "deep", "er"), true)).toEqual(failed("intoItself"));
  expect(await copyPath(at("d"), at("to-d", "copy"), true)).toEqual(failed("intoItself"));
  expect(await copyPath(at("d"), at("d"), true)).toEqual(failed("intoItself"));
  expect(await copyPath(at("d"), at("d2"), false)).toEqual(failed("needsRecursive"));
  expect(await copyPath("/dev/null", at("null"), false)).toEqual(failed("cannotBeCopied"));
});

test("a link is removed, not what it leads to", async () => {
  symlinkSync("d", at("gone"));
  expect(await removePath(at("gone"), { whole: true, missingIsFine: false })).toEqual(done);
  expect(readdirSync(at("d")).length).toBe(3);
  expect(await removePath(at("gone"), { whole: true, missingIsFine: false })).toEqual(failed("fileNotFound"));
  expect(await removePath(at("gone"), { whole: true, missingIsFine: true })).toEqual(done);
  expect(await removePath(at("d"), { whole: false, missingIsFine: true })).toEqual(failed("directoryNotEmpty"));
});

test("a file is written through a link, and a link to a folder is a folder", async () => {
  expect(await writeWholeFile(at("d", "link"), Buffer.from("by it"))).toEqual(done);
  expect(lstatSync(at("d", "link")).isSymbolicLink()).toBe(true);
  expect(readFileSync(at("d", "program"), "utf8")).toBe("by it");
  expect(await makeFolder(at("to-d"), true)).toEqual(done);
  expect(await makeFolder(at("to-d"), false)).toEqual(failed("fileExists"));
  expect(await makeFolder(at("broken"), true)).toEqual(failed("fileExists"));
  expect(await readWholeFile(at("to-d"))).toEqual(failed("notAFile"));
});

test("entries come in order, without links that lead nowhere", async () => {
  const entries = await folderEntries(root);
  const names = entries.ok ? entries.value.map(({ fileName }) => fileName) : [];
  expect(names).toEqual([...names].sort());
  expect(names).toContain("to-d");
  expect(names).not.toContain("broken");
});
