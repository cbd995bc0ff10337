import { afterEach, expect, test } from "bun:test";
import { rmSync } from "node:fs";
import { plain, sessionId, toolBench } from "./tool-bench.test-support.ts";

const benches: ReturnType<typeof toolBench>[] = [];
function bench() {
  const made = toolBench();
  benches.push(made);
  return made;
}
afterEach(async () => {
  for (const { sessions, cwd } of benches.splice(0)) {
    await sessions.close();
    rmSync(cwd, { recursive: true, force: true });
  }
});

test("types into a terminal and reads what comes of it", async () => {
  const { exec, type, events, contextOf } = bench();
  const cat = await exec({ cmd: "exec cat", tty: true, yield_time_ms: 250 }, contextOf({ callId: "cat" }));
  const session_id = sessionId(cat);
  expect(plain(await type({ session_id, chars: "hello\n" }))).toBe(
    "Process running with session ID N\nOriginal token count: 4\nOutput:\nhello\r\nhello\r\n",
  );
  expect(events.find(({ method }) => method === "item/commandExecution/terminalInteraction")?.params).toEqual({
    threadId: expect.any(String),
    turnId: "turn",
    itemId: "cat",
    processId: String(session_id),
    stdin: "hello\n",
  } as never);
  expect(plain(await type({ session_id, chars: "\x04" }))).toStartWith("Process exited with code 0\n");
});

test("Ctrl-C ends the program in the foreground, and answers at once", async () => {
  const { exec, type } = bench();
  const running = await exec({ cmd: "sleep 100; echo not here", tty: true, yield_time_ms: 250 });
  const before = performance.now();
  expect(plain(await type({ session_id: sessionId(running), chars: "\x03", yield_time_ms: 20_000 }))).toBe(
    "Process exited with code 130\nOriginal token count: 1\nOutput:\n^C",
  );
  expect(performance.now() - before).toBeLessThan(5000);
});

test("an empty poll waits for the end, and gives what came meanwhile", async () => {
  const { exec, type } = bench();
  const running = await exec({ cmd: "for i in 1 2 3; do sleep 0.2; echo $i; done", yield_time_ms: 250 });
  expect(plain(await type({ session_id: sessionId(running), yield_time_ms: 1 }))).toBe(
    "Process exited with code 0\nOriginal token count: 1\nOutput:\n2\n3\n",
  );
});

test("a session without a terminal has no input, and none is typed into what is not there", async () => {
  const { exec, type, events } = bench();
  const running = await exec({ cmd: "sleep 100", yield_time_ms: 250 });
  const before = events.length;
  expect(await type({ session_id: sessionId(running), chars: "x" })).toEqual({
    ok: false,
    forModel:
      "write_stdin failed: stdin is closed for this session; run the command again with tty=true to keep it open",
  });
  expect(await type({ session_id: 99_999_999, chars: "x" })).toEqual({
    ok: false,
    forModel: "write_stdin failed: Unknown process id 99999999",
  });
  expect(events).toHaveLength(before);
});

test("an interrupt ends the waiting, not the command", async () => {
  const { exec, type, contextOf, completed } = bench();
  const running = await exec({ cmd: "exec sleep 100", yield_time_ms: 250 });
  const turn = new AbortController();
  const poll = type({ session_id: sessionId(running) }, contextOf({ signal: turn.signal }));
  turn.abort();
  expect((await poll).forModel).toMatch(/^Wall time: 0\.\d seconds\naborted by user$/);
  expect(completed()).toEqual([]);
});
