import { afterAll, describe, expect, test } from "bun:test";
import { closeSync, openSync } from "node:fs";
import { tmpdir } from "node:os";
import { openDescriptors } from "./open-descriptors.test-support.ts";
import { adoptOrphans, killTree } from "./process-tree.ts";
import { type Program, spawnPiped } from "./process.ts";

const mark = { PROCESS_TEST: crypto.randomUUID() };
adoptOrphans();
afterAll(() => killTree({ leader: undefined, mark }, 0));

const program = (...argv: string[]): Program => ({
  argv,
  env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin", ...mark },
  cwd: tmpdir(),
  fds: [],
});
const bash = (script: string): Program => program("/bin/bash", "-c", script);

async function run(what: Program): Promise<{ code: number; bytes: Buffer }> {
  const chunks: Uint8Array[] = [];
  const child = spawnPiped(what, (bytes) => chunks.push(bytes));
  if (!child.ok) throw new Error(child.error);
  const code = await child.value.exited;
  return { code, bytes: Buffer.concat(chunks) };
}
const text = async (what: Program) => (await run(what)).bytes.toString();

describe("spawnPiped", () => {
  test("keeps the order of stdout and stderr, whichever way they are opened", async () => {
    expect(await text(bash("echo a; echo b >&2; echo c; echo d >/dev/stderr; echo e"))).toBe("a\nb\nc\nd\ne\n");
  });

  test.each([
    ["exit 3", 3],
    ["kill -9 $$", 137],
    ["kill -TERM $$", 143],
    ["no-such-command-here 2>/dev/null", 127],
    ["true", 0],
  ])("%s ends with %i", async (script, code) => {
    expect((await run(bash(script))).code).toBe(code);
  });

  test("there is no input", async () => {
    expect(await text(bash("cat; echo end"))).toBe("end\n");
  });

  test("every byte arrives: 30,000 lines, NUL, invalid UTF-8", async () => {
    const lines = Array.from({ length: 30_000 }, (_, i) => `${i + 1}\n`).join("");
    expect(await text(program("seq", "30000"))).toBe(lines);
    expect((await run(bash("printf 'a\\0b\\377c'"))).bytes).toEqual(Buffer.from([97, 0, 98, 255, 99]));
  });

  test("a command ends although an orphan holds its output open", async () => {
    const before = performance.now();
    expect(await text(bash("sleep 5 & echo hi"))).toBe("hi\n");
    expect(performance.now() - before).toBeLessThan(2000);
  });

  test("a command ends although an orphan never stops writing", async () => {
    const before = performance.now();
    expect(await text(bash("timeout 20 yes & echo hi"))).toStartWith("hi\n");
    expect(performance.now() - before).toBeLessThan(10_000);
  });

  test("extra descriptors come as 3 and on, and no other is inherited", async () => {
    const descriptor = openSync("/dev/zero", "r");
    try {
      expect(await text({ ...program("readlink", "/proc/self/fd/3"), fds: [descriptor] })).toBe("/dev/zero\n");
      // 3 is the directory that ls itself reads.
      expect(await text(program("ls", "/proc/self/fd"))).toBe("0\n1\n2\n3\n");
    } finally {
      closeSync(descriptor);
    }
  });

  test("runs in its own session", async () => {
    const [pid, session] = (await text(bash("echo $$ $(cut -d' ' -f6 /proc/$$/stat)"))).trim().split(" ");
    expect(session).toBe(pid);
  });

  test("tells why a program cannot be started", () => {
    const spawn = (what: Program) => spawnPiped(what, () => {});
    expect(spawn(program("/no/such/program"))).toEqual({ ok: false, error: "No such file or directory" });
    expect(spawn({ ...program("true"), cwd: "/no/such/directory" })).toEqual({
      ok: false,
      error: "No such file or directory",
    });
    expect(spawn(program("/etc"))).toEqual({ ok: false, error: "Permission denied" });
  });

  test("leaves no descriptor open", async () => {
    await run(program("true"));
    const before = openDescriptors("pipe:");
    await Promise.all(Array.from({ length: 20 }, () => run(bash("echo x"))));
    spawnPiped(program("/no/such/program"), () => {});
    await Bun.sleep(5);
    expect(openDescriptors("pipe:")).toBeLessThanOrEqual(before);
  });

  test("fifty at once all end", async () => {
    const outputs = await Promise.all(Array.from({ length: 50 }, (_, i) => text(bash(`echo ${i}`))));
    expect(outputs).toEqual(Array.from({ length: 50 }, (_, i) => `${i}\n`));
  });
});
