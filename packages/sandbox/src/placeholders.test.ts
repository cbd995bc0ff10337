import { afterEach, beforeEach, expect, test } from "bun:test";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, rmdirSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onExit } from "@codex/platform/on-exit";
import { keepPlaceholders } from "./placeholders.ts";
import { leftIn } from "./sandbox.test-support.ts";

/** Real folders, and other processes as other holders. Linux only. */

let base = "";

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), "codex-placeholders-"));
});

afterEach(() => rmSync(base, { recursive: true, force: true }));

const linux = test.skipIf(process.platform !== "linux");

/** A process that holds `.git` in the folder, lets go of it where that is asked, says so, and ends by itself or is killed. */
async function otherHolder(letsGo: boolean) {
  const program = join(import.meta.dir, "hold-placeholder.test-support.ts");
  const child = Bun.spawn([process.execPath, program, join(base, ".git"), String(letsGo)], {
    stdin: "pipe",
    stdout: "pipe",
    stderr: "inherit",
  });
  await child.stdout.getReader().read();
  return child;
}

linux("a folder outlives its command by a moment, and the next command finds the same one", async () => {
  const keeper = keepPlaceholders(onExit);
  const path = join(base, ".git");
  const first = keeper.hold([path, path]);
  expect(first.standing).toEqual([path]);
  const { ino } = statSync(path);
  first.release();
  const second = keeper.hold([path]);
  expect(statSync(path).ino).toBe(ino);
  second.release();
  expect(await leftIn(base)).toEqual([]);
});

linux("clearing removes what no command needs, and nothing else", () => {
  const keeper = keepPlaceholders(onExit);
  const [idle, busy] = [join(base, ".git"), join(base, ".aws")];
  const both = keeper.hold([idle, busy]);
  const one = keeper.hold([busy]);
  both.release();
  keeper.clear();
  expect(readdirSync(base)).toEqual([".aws"]);
  one.release();
  keeper.clear();
  expect(readdirSync(base)).toEqual([]);
});

linux("what somebody removes in between is made again; what he puts there is his", async () => {
  const keeper = keepPlaceholders(onExit);
  const [gone, own] = [join(base, ".git"), join(base, ".codex")];
  const first = keeper.hold([gone, own]);
  rmdirSync(gone);
  rmdirSync(own);
  mkdirSync(own);
  const second = keeper.hold([gone, own]);
  expect(second.standing).toEqual([gone, own]);
  expect(statSync(gone).mode & 0o1000).not.toBe(0);
  first.release();
  keeper.clear();
  expect(readdirSync(base).sort()).toEqual([".codex", ".git"]);
  writeFileSync(join(gone, "HEAD"), "theirs");
  second.release();
  keeper.clear();
  expect(readdirSync(base).sort()).toEqual([".codex", ".git"]);
});

linux("a process that ends by itself takes with it what it kept for the next command", async () => {
  const child = await otherHolder(true);
  expect(readdirSync(base)).toEqual([".git"]);
  child.stdin.end();
  await child.exited;
  expect(readdirSync(base)).toEqual([]);
});

linux("while another process holds it, it stays; what a killed one leaves goes with the next holder", async () => {
  const child = await otherHolder(false);
  const keeper = keepPlaceholders(onExit);
  keeper.hold([join(base, ".git")]).release();
  keeper.clear();
  expect(readdirSync(base)).toEqual([".git"]);
  child.kill("SIGKILL");
  await child.exited;
  expect(readdirSync(base)).toEqual([".git"]);
  keeper.hold([join(base, ".git")]).release();
  keeper.clear();
  expect(readdirSync(base)).toEqual([]);
});
