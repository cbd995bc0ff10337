import { afterAll, expect, test } from "bun:test";
import { mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { loadConfig } from "@codex/config/load-config";
import { features } from "./features.ts";

const home = realpathSync(mkdtempSync(join(tmpdir(), "codex-features-")));
afterAll(() => rmSync(home, { recursive: true, force: true }));
const userFile = join(home, "config.toml");

async function run(...argv: string[]) {
  const [out, err]: [string[], string[]] = [[], []];
  const code = await features(argv, {
    userFile,
    loadConfig: () => loadConfig({ codexHome: home, cwd: home, env: {}, systemDir: home }),
    out: (text) => void out.push(text),
    err: (text) => void err.push(text),
  });
  return { code, out: out.join(""), err: err.join("") };
}

test("list shows what can be switched, --all the rest", async () => {
  const short = await run("list");
  const all = await run("list", "--all");
  expect([all.code, all.out.split("\n").length - 1, all.err]).toEqual([0, 215, ""]);
  expect(all.out).toContain("undo                                     removed            false\n");
  expect(short.out).not.toContain("undo ");
  expect(short.out).toContain("hooks                                    stable             true\n");
  expect(short.err).toMatch(/^\d+ deprecated and removed features are not shown/);
});

test("enable and disable write the user's file", async () => {
  expect(await run("disable", "hooks")).toEqual({
    code: 0,
    out: "Disabled feature `hooks` in config.toml.\n",
    err: "",
  });
  expect((await run("enable", "code_mode")).err).toContain("under development");
  expect((await run("enable", "undo")).err).toContain("has no effect");
  expect(readFileSync(userFile, "utf8")).toBe("[features]\nhooks = false\ncode_mode = true\nundo = true\n");
  expect((await run("list")).out).toContain("hooks                                    stable             false\n");
});

test("what cannot be understood", async () => {
  expect(await run("enable", "hoks")).toEqual({
    code: 1,
    out: "",
    err: "Error: Unknown feature flag: hoks; did you mean `hooks`?\n",
  });
  expect((await run("enable")).code).toBe(2);
  expect((await run()).code).toBe(2);
});
