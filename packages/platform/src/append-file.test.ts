import { expect, test } from "bun:test";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAppend } from "./append-file.ts";

test("a file is made with its folders, once, and then added to", () => {
  const folder = mkdtempSync(join(tmpdir(), "codex-append-"));
  const path = join(folder, "a", "b.jsonl");
  for (const [mode, text] of [
    ["create", "é\n"],
    ["existing", "2\n"],
  ] as const) {
    const file = openAppend(path, mode);
    if (!file.ok) throw new Error(file.error.reason);
    expect(file.value.append(text)).toEqual({ ok: true, value: undefined });
    expect(file.value.size()).toBe(Buffer.byteLength(readFileSync(path)));
    file.value.close();
  }
  expect(readFileSync(path, "utf8")).toBe("é\n2\n");
  expect(openAppend(path, "create")).toMatchObject({ ok: false, error: { path } });
  rmSync(folder, { recursive: true });
});

test.skipIf(process.platform !== "linux")("a full disk is told", () => {
  const file = openAppend("/dev/full", "existing");
  if (!file.ok) throw new Error(file.error.reason);
  const problem = { path: "/dev/full", reason: "no space left on device" };
  expect(file.value.append("text")).toEqual({ ok: false, error: problem });
  file.value.close();
});
