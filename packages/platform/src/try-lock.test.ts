import { expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tryLock } from "./try-lock.ts";

const holder = `
  import { tryLock } from ${JSON.stringify(join(import.meta.dir, "try-lock.ts"))};
  console.log(tryLock(process.argv[1]).ok);
  setInterval(() => {}, 1000);
`;

test("a lock keeps others out until its process is gone, children or not", async () => {
  const folder = mkdtempSync(join(tmpdir(), "codex-lock-"));
  const path = join(folder, "deep", "thread.lock");
  const child = Bun.spawn([process.execPath, "-e", holder, path], { stdout: "pipe" });
  const { value } = await child.stdout.getReader().read();
  expect(new TextDecoder().decode(value)).toBe("true\n");
  expect(tryLock(path)).toEqual({ ok: false, error: "busy" });
  child.kill("SIGKILL");
  await child.exited;

  const mine = tryLock(path);
  if (!mine.ok) throw new Error("still locked");
  const heir = Bun.spawn(["sleep", "30"]);
  mine.value.release();
  const again = tryLock(path);
  heir.kill();
  expect(again.ok).toBe(true);
  expect(tryLock(path).ok).toBe(false);
  rmSync(folder, { recursive: true });
});
