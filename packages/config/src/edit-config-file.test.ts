import { afterAll, expect, test } from "bun:test";
import {
  chmodSync,
  lstatSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "smol-toml";
import { editConfigFile } from "./edit-config-file.ts";

const root = realpathSync(mkdtempSync(join(tmpdir(), "codex-edit-")));
afterAll(() => rmSync(root, { recursive: true, force: true }));

test("a new file is its owner's alone; an old one keeps its permissions and its link", async () => {
  const file = join(root, "new.toml");
  expect(await editConfigFile(file, [{ path: ["a"], value: 1 }])).toEqual({ ok: true, value: "a = 1\n" });
  expect([readFileSync(file, "utf8"), statSync(file).mode & 0o777]).toEqual(["a = 1\n", 0o600]);
  const target = join(root, "target.toml");
  writeFileSync(target, "# dotfiles\n");
  chmodSync(target, 0o644);
  symlinkSync(target, join(root, "link.toml"));
  await editConfigFile(join(root, "link.toml"), [{ path: ["a"], value: 2 }]);
  expect(lstatSync(join(root, "link.toml")).isSymbolicLink()).toBe(true);
  expect([readFileSync(target, "utf8"), statSync(target).mode & 0o777]).toEqual(["# dotfiles\na = 2\n", 0o644]);
});

test("a file that is no TOML stays as it is", async () => {
  const file = join(root, "bad.toml");
  writeFileSync(file, "a = \n");
  const edited = await editConfigFile(file, [{ path: ["b"], value: 1 }]);
  expect(edited.ok ? "" : edited.error.message).toStartWith(`Cannot change ${file}: line 1: `);
  expect(readFileSync(file, "utf8")).toBe("a = \n");
});

test("processes that write at once lose nothing", async () => {
  const file = join(root, "shared.toml");
  const script = join(import.meta.dir, "edit-config-file.ts");
  const writers = Array.from({ length: 4 }, (_, writer) =>
    Bun.spawn([
      process.execPath,
      "-e",
      `const { editConfigFile } = await import(${JSON.stringify(script)});
       for (let i = 0; i < 10; i++) {
         const done = await editConfigFile(${JSON.stringify(file)}, [{ path: ["w${writer}", "k" + i], value: i }]);
         if (!done.ok) throw new Error(done.error.message);
       }`,
    ]),
  );
  expect(await Promise.all(writers.map((writer) => writer.exited))).toEqual([0, 0, 0, 0]);
  const table = parse(readFileSync(file, "utf8"));
  expect(Object.values(table).map((section) => Object.keys(section as object).length)).toEqual([10, 10, 10, 10]);
});
