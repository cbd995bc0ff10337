import { afterAll, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { codexHome } from "./codex-home.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "codex-home-")));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const message = (path: string) => {
  const home = codexHome({ HOME: root, CODEX_HOME: path });
  return home.ok ? home.value : home.error.message;
};

test("unset: ~/.codex, made for its owner alone", () => {
  expect(codexHome({ HOME: root })).toEqual({ ok: true, value: join(root, ".codex") });
  expect(statSync(join(root, ".codex")).mode & 0o777).toBe(0o700);
});

test("named: canonical where it exists, one sentence where it does not", () => {
  mkdirSync(join(root, "real"));
  symlinkSync(join(root, "real"), join(root, "link"));
  symlinkSync(join(root, "gone"), join(root, "dangling"));
  writeFileSync(join(root, "file"), "");
  expect(message(join(root, "link"))).toBe(join(root, "real"));
  expect(message(join(root, "no"))).toBe(
    `Error finding codex home: CODEX_HOME is ${root}/no, which does not exist; create it or unset CODEX_HOME.`,
  );
  expect(message(join(root, "file"))).toBe(`Error finding codex home: ${root}/file is not a directory.`);
  expect(message(join(root, "dangling"))).toContain("is a symbolic link that leads nowhere");
});
