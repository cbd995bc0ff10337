import { expect, test } from "bun:test";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { findCodex } from "./find-codex.ts";

const built = join(import.meta.dir, "..", "..", "..", "dist", "codex");

test("the override wins over CODEX_PATH, and CODEX_PATH over what is found", () => {
  expect(findCodex("/a/codex", { CODEX_PATH: "/b/codex" })).toBe("/a/codex");
  expect(findCodex(undefined, { CODEX_PATH: "/b/codex", PATH: "/bin" })).toBe("/b/codex");
});

test("without either it is the checkout's build, or the first program of the PATH", async () => {
  const folder = await mkdtemp(join(tmpdir(), "sdk-path-"));
  try {
    const [plain, program] = [join(folder, "plain"), join(folder, "program")];
    await Promise.all([plain, program].map((path) => mkdir(path)));
    await Bun.write(join(plain, "codex"), "not a program");
    await Bun.write(join(program, "codex"), "#!/bin/sh\n");
    await chmod(join(program, "codex"), 0o755);
    const found = () => findCodex(undefined, { PATH: [plain, program].join(delimiter) });
    expect(found()).toBe(existsSync(built) ? built : join(program, "codex"));
  } finally {
    await rm(folder, { recursive: true });
  }
});
