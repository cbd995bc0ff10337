// Real programs, written for the case at hand, in place of Codex.
import { afterAll, beforeAll, expect, test } from "bun:test";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CodexError } from "./codex-error.ts";
import { streamTurn } from "./stream-turn.ts";
import type { ThreadEvent } from "./thread-event.ts";

let folder: string;
let programs = 0;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sdk-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

const started = '{"type":"turn.started"}';
const completed = '{"type":"turn.completed","usage":{}}';
const waitForever = "exec sleep 1000";

/** A turn of a program that is this shell script; it notes its process id. */
async function turnOf(script: string, options: { prompt?: string; signal?: AbortSignal } = {}) {
  const program = join(folder, `program-${programs++}`);
  await Bun.write(program, `#!/bin/sh\necho $$ >${program}.pid\n${script}\n`);
  await Bun.$`chmod +x ${program}`.quiet();
  const launch = { program, args: [], env: { PATH: process.env["PATH"] ?? "" }, prompt: options.prompt ?? "" };
  return { events: streamTurn(launch, options.signal), isAlive: () => isAlive(`${program}.pid`), file: program };
}

async function isAlive(pidFile: string): Promise<boolean> {
  try {
    return process.kill(Number(await Bun.file(pidFile).text()), 0);
  } catch {
    return false;
  }
}

/** What reading to the end throws. */
async function failureOf(events: AsyncGenerator<ThreadEvent>): Promise<unknown> {
  try {
    await Array.fromAsync(events);
  } catch (error) {
    return error;
  }
  throw new Error("The turn did not fail.");
}

test("an event is there before the program writes the next", async () => {
  const { events, file } = await turnOf(
    `echo '${started}'; while [ ! -e "$0.go" ]; do sleep 0.01; done; echo; echo '${completed}'`,
  );
  expect((await events.next()).value).toEqual({ type: "turn.started" });
  await Bun.write(`${file}.go`, "");
  expect((await events.next()).value).toMatchObject({ type: "turn.completed", usage: { cache_write_input_tokens: 0 } });
  expect(await events.next()).toEqual({ done: true, value: undefined });
});

test("a slow reader holds the program back", async () => {
  const line = JSON.stringify({ type: "error", message: "x".repeat(4000) });
  const { events, file } = await turnOf(
    `i=0; while [ $i -lt 5000 ]; do echo '${line}'; i=$((i+1)); echo $i >"$0.count"; done; echo '${completed}'`,
  );
  await events.next();
  // The first event is there before its number is.
  const written = () =>
    Bun.file(`${file}.count`)
      .text()
      .catch(() => "0");
  for (let before = ""; before !== (await written()); await Bun.sleep(200)) before = await written();
  // Of 20 MB, what fits into the pipe and one buffer on our side.
  expect(Number(await written())).toBeLessThan(250);
  expect(await Array.fromAsync(events)).toHaveLength(5000);
});

test("the prompt comes whole over standard input", async () => {
  const prompt = "ä\n".repeat(200_000);
  const { events } = await turnOf(`echo "{\\"type\\":\\"error\\",\\"message\\":\\"$(wc -c)\\"}"; echo '${completed}'`, {
    prompt,
  });
  expect((await events.next()).value).toEqual({ type: "error", message: expect.stringContaining("600000") });
  await events.return();
});

test("a reader who leaves ends the program", async () => {
  const { events, isAlive } = await turnOf(`echo '${started}'; ${waitForever}`);
  await events.next();
  expect(await isAlive()).toBe(true);
  await events.return();
  expect(await isAlive()).toBe(false);
});

test("a reader who leaves after the turn's end lets the program finish", async () => {
  const { events, file } = await turnOf(`echo '${completed}'; sleep 0.3; echo recorded >"$0.end"`);
  await events.next();
  await events.return();
  expect(await Bun.file(`${file}.end`).text()).toBe("recorded\n");
});

test("an abort ends the program and says so with its reason", async () => {
  const abort = new AbortController();
  const { events, isAlive } = await turnOf(`echo '${started}'; ${waitForever}`, { signal: abort.signal });
  await events.next();
  const failure = failureOf(events);
  abort.abort("enough");
  expect(await failure).toMatchObject({ name: "AbortError", code: "ABORT_ERR", cause: "enough" });
  expect(await isAlive()).toBe(false);
});

test("what an aborted program says about its end is not news", async () => {
  const abort = new AbortController();
  const failed = '{"type":"turn.failed","error":{"message":"interrupted"}}';
  const { events } = await turnOf(
    `trap "echo '${failed}'; exit 1" TERM; echo '${started}'; while :; do sleep 0.01; done`,
    {
      signal: abort.signal,
    },
  );
  await events.next();
  abort.abort();
  expect(await failureOf(events)).toMatchObject({ name: "AbortError" });
});

test("a program that ignores SIGTERM is killed", async () => {
  const abort = new AbortController();
  const { events, isAlive } = await turnOf(`trap "" TERM; echo '${started}'; while :; do sleep 0.1; done`, {
    signal: abort.signal,
  });
  await events.next();
  abort.abort();
  expect(await failureOf(events)).toMatchObject({ name: "AbortError" });
  expect(await isAlive()).toBe(false);
});

test("an aborted signal starts nothing", async () => {
  const { events, file } = await turnOf("true", { signal: AbortSignal.abort() });
  expect(await failureOf(events)).toMatchObject({ name: "AbortError" });
  expect(await Bun.file(`${file}.pid`).exists()).toBe(false);
});

test.each([
  ["echo first >&2; echo 'Not signed in.' >&2; exit 3", "exited", "Codex exited with code 3: Not signed in."],
  ["exit 3", "exited", "Codex exited with code 3."],
  ["kill -9 $$", "killed", "Codex was ended by SIGKILL."],
  [`echo '${started}'`, "no_result", "Codex ended before the turn did."],
  [
    `echo 'welcome, friend'; ${waitForever}`,
    "malformed_line",
    "Codex printed a line that is no event: welcome, friend",
  ],
  ["echo '[]'", "malformed_line", "Codex printed a line that is no event: []"],
  [`echo '{"type":"turn.failed","error":{"message":"No credit."}}'; echo x >&2; exit 1`, "turn_failed", "No credit."],
])("%s", async (script, code, message) => {
  const { events, isAlive } = await turnOf(script, { prompt: "more than a pipe holds".repeat(10_000) });
  const failure = await failureOf(events);
  expect(failure).toBeInstanceOf(CodexError);
  expect(failure).toMatchObject({ code, message });
  expect(await isAlive()).toBe(false);
});

test("standard error is read to its end and kept to 16 KiB", async () => {
  const { events } = await turnOf(`head -c 3000000 /dev/zero | tr '\\0' x >&2; echo >&2; echo last >&2; exit 1`);
  const failure = await failureOf(events);
  expect(failure).toMatchObject({ message: "Codex exited with code 1: last", exitCode: 1 });
  expect((failure as CodexError).stderr).toHaveLength(16 * 1024);
});

test("a program that is not there is one sentence", async () => {
  const launch = { program: join(folder, "nothing"), args: [], env: {}, prompt: "" };
  expect(await failureOf(streamTurn(launch, undefined))).toMatchObject({
    code: "not_started",
    message: expect.stringMatching(/nothing cannot be run: .*ENOENT.*\.$/),
  });
});
