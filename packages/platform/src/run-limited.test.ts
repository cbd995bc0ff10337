import { describe, expect, test } from "bun:test";
import { tmpdir } from "node:os";
import { type Limits, runLimited, type LimitedProcess } from "./run-limited.ts";
import { membersOf } from "./process-tree.ts";
import { openDescriptors } from "./open-descriptors.test-support.ts";

const limits: Limits = { input: false, outputCap: null, timeout: null };
const script = (text: string, cwd = tmpdir()) => ({
  argv: ["/bin/sh", "-c", text],
  env: { PATH: process.env["PATH"] ?? "/usr/bin:/bin" },
  cwd,
  fds: [],
});

function start(text: string, given: Partial<Limits> = {}): { child: LimitedProcess; pieces: string[] } {
  const pieces: string[] = [];
  const started = runLimited(script(text), { ...limits, ...given }, (stream, bytes, capReached) => {
    pieces.push(`${stream} ${Buffer.from(bytes).toString()}${capReached ? "|" : ""}`);
  });
  if (!started.ok) throw new Error(started.error);
  return { child: started.value, pieces };
}

async function outcome(text: string, given: Partial<Limits> = {}) {
  const started = runLimited(script(text), { ...limits, ...given }, undefined);
  if (!started.ok) throw new Error(started.error);
  const { exitCode, stdout, stderr, drained } = await started.value.ended;
  return [exitCode, stdout.text, stderr.text, stdout.capReached, stderr.capReached, drained];
}

/** Open pipes before the first test. */
const idle = openDescriptors("pipe:");

describe("runLimited", () => {
  test("keeps the streams apart, with the exit code", async () => {
    expect(await outcome("echo out; echo err >&2; echo fd >/dev/stderr; exit 3")).toEqual([
      3,
      "out\n",
      "err\nfd\n",
      false,
      false,
      true,
    ]);
  });

  test("cuts each stream at the cap, and the process goes on", async () => {
    expect(await outcome("seq 100000; echo 1234 >&2; exit 4", { outputCap: 6 })).toEqual([
      4,
      "1\n2\n3\n",
      "1234\n",
      true,
      false,
      true,
    ]);
    expect(await outcome("echo x", { outputCap: 0 })).toEqual([0, "", "", true, false, true]);
  });

  test("passes pieces on as they come, the last of a cut stream marked", async () => {
    const { child, pieces } = start("echo 123456789; cat; echo more", { input: true, outputCap: 5 });
    child.input?.close();
    const { stdout } = await child.ended;
    expect(pieces).toEqual(["stdout 12345|"]);
    expect(stdout).toEqual({ text: "", capReached: true });
  });

  test("ends what takes too long, with what it started, and says 124", async () => {
    const { child } = start("trap '' TERM; sleep 60 & sleep 60", { timeout: 50 });
    expect((await child.ended).exitCode).toBe(124);
    await child.kill();
    expect(membersOf({ leader: child.pid, mark: {} })).toEqual([]);
  });

  test("a kill is a kill", async () => {
    const { child } = start("trap '' TERM; echo up; sleep 60");
    await child.kill();
    expect((await child.ended).exitCode).toBe(137);
  });

  test("takes input of any size without holding up anybody, and an end of it", async () => {
    const { child, pieces } = start("sleep 0.1; wc -c", { input: true });
    child.input?.write(Buffer.alloc(1_000_000));
    child.input?.write(Buffer.from("123"));
    expect(child.input?.waiting).toBe(1_000_003);
    child.input?.close();
    expect((await child.ended).exitCode).toBe(0);
    expect(pieces.join("")).toMatch(/stdout +1000003\n/);
    expect(child.input).toMatchObject({ closed: true, waiting: 0 });
  });

  test("input that nobody reads is dropped with the process, and nothing stays open", async () => {
    const { child } = start("sleep 0.05", { input: true });
    child.input?.write(Buffer.alloc(1_000_000));
    await child.ended;
    while (openDescriptors("pipe:") > idle) await Bun.sleep(1);
    expect(child.input).toMatchObject({ closed: true, waiting: 0 });
  });

  test("does not wait for ever for an orphan that holds the output", async () => {
    const { child } = start("sleep 4 & echo now", { drainTime: 50 });
    expect(await child.ended).toMatchObject({ exitCode: 0, drained: false });
    await child.kill();
  });

  test("on a terminal: one stream, a size, an end of input", async () => {
    const { child, pieces } = start("stty size; cat; echo bye", { input: true, terminal: { rows: 5, cols: 7 } });
    child.resize?.({ rows: 8, cols: 9 });
    child.input?.write(Buffer.from("é\n"));
    child.input?.close();
    expect((await child.ended).exitCode).toBe(0);
    const text = pieces.join("").replaceAll("stdout ", "");
    expect(text).toMatch(/(5 7|8 9)\r\n/);
    expect(text).toEndWith("bye\r\n");
  });

  test("a listener that takes its time holds the process up, and still gets everything", async () => {
    let got = 0;
    let waiting = 0;
    let most = 0;
    const slow = async (_: unknown, bytes: Uint8Array): Promise<void> => {
      got += bytes.byteLength;
      most = Math.max(most, ++waiting);
      await Bun.sleep(15);
      waiting -= 1;
    };
    const started = runLimited(script("head -c 600000 /dev/zero"), { ...limits, drainTime: 10 }, slow);
    if (!started.ok) throw new Error(started.error);
    expect(await started.value.ended).toMatchObject({ exitCode: 0, drained: true });
    expect([got, most]).toEqual([600_000, 1]);
  });

  test("says why nothing was started, and leaves nothing open", () => {
    const before = openDescriptors("pipe:");
    expect(runLimited({ ...script("true"), argv: ["/nonexistent/x"] }, limits, undefined)).toEqual({
      ok: false,
      error: "No such file or directory",
    });
    expect(runLimited(script("true", "/nonexistent"), limits, undefined)).toMatchObject({ ok: false });
    expect(openDescriptors("pipe:")).toEqual(before);
  });
});
