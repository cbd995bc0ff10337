import { expect, test } from "bun:test";
import { chmod } from "node:fs/promises";
import { join } from "node:path";
import { codex } from "./run-codex.ts";
import { workspace } from "./workspace.ts";

/** A workspace with a shell script in the place of Codex. */
async function withProgram(script: string) {
  const ws = await workspace({ program: `#!/bin/sh\n${script}\n` });
  const binary = join(ws.path, "program");
  await chmod(binary, 0o755);
  return { ws, binary, [Symbol.asyncDispose]: () => ws[Symbol.asyncDispose]() };
}

test("a workspace is a committed repository of its own, and gone afterwards", async () => {
  const ws = await workspace({ "a/b.txt": "hi\n" });
  expect(await ws.git("log", "--format=%an %s")).toBe("Test Start\n");
  expect(await ws.git("status", "--porcelain")).toBe("");
  await ws.write("c.txt", "new");
  expect([await ws.read("a/b.txt"), await ws.exists("c.txt"), await ws.exists("d.txt")]).toEqual(["hi\n", true, false]);
  await ws[Symbol.asyncDispose]();
  expect(await ws.exists("c.txt")).toBe(false);
});

test("a workspace need not be a repository", async () => {
  await using ws = await workspace({}, { git: false });
  await expect(ws.git("status")).rejects.toThrow("git status failed with 128");
});

test("a run sees the arguments, standard input and nothing of our environment", async () => {
  await using program = await withProgram(`echo "$@"; cat; env | cut -d= -f1 | sort | tr '\\n' ' ' >&2; exit 3`);
  const env = { MOCK_KEY: undefined, EXTRA: "1" };
  const run = await codex.exec({ ...program, args: ["--json", "do it"], stdin: "piped", env });
  expect([run.exitCode, run.stdout]).toEqual([3, "exec --json do it\npiped"]);
  const shellsOwn = new Set(["PWD", "OLDPWD", "SHLVL", "_"]);
  expect(
    run.stderr
      .trim()
      .split(" ")
      .filter((name) => !shellsOwn.has(name)),
  ).toEqual(["CODEX_HOME", "EXTRA", "GIT_CONFIG_NOSYSTEM", "HOME", "LANG", "PATH", "TERM", "TMPDIR"]);
});

test("config.toml holds the provider, and what the test sets itself comes first", async () => {
  await using program = await withProgram('cat "$CODEX_HOME/config.toml"');
  const server = { url: "http://127.0.0.1:1/v1" };
  const own = 'model = "gpt-9"\n[features]\ngoals = false';
  const run = await codex.exec({ ...program, server, config: own, provider: { request_max_retries: 0 } });
  expect(Bun.TOML.parse(run.stdout)).toEqual({
    model: "gpt-9",
    model_provider: "mock",
    features: { goals: false },
    model_providers: {
      mock: { name: "mock", base_url: server.url, env_key: "MOCK_KEY", wire_api: "responses", request_max_retries: 0 },
    },
  });
});

test("events, items and rollouts are read; a line that is no JSON object is named", async () => {
  await using program = await withProgram(`
mkdir -p "$CODEX_HOME/sessions/2026/01/02"
echo '{"type":"session_meta"}' >"$CODEX_HOME/sessions/2026/01/02/rollout-1.jsonl"
echo '{"type":"item.started","item":{"id":"item_0","type":"error"}}'
echo '{"type":"item.completed","item":{"id":"item_0","type":"error","message":"m"}}'
echo "$1" >/dev/null; [ "$2" = --bad ] && echo oops; exit 0`);
  const run = await codex.exec(program);
  expect(run.events).toHaveLength(2);
  expect(run.items("error")).toEqual([{ message: "m" }]);
  expect(await run.rollouts()).toEqual([
    { path: join(run.home, "sessions/2026/01/02/rollout-1.jsonl"), lines: [{ type: "session_meta" }] },
  ]);
  const bad = await codex.exec({ ...program, args: ["--bad"] });
  expect(() => bad.events).toThrow("a line that is no JSON object: oops");
});

test("a run that hangs is killed with its children, and the error shows what it printed", async () => {
  await using program = await withProgram("echo begun; sleep 600 & sleep 600");
  await expect(codex.exec({ ...program, timeout: 300 })).rejects.toThrow(
    /program exec: it did not end within 300 ms, so it was killed\.\nStandard output ends with:\nbegun\n/,
  );
});

test("a spawned run can be awaited by event, written to and signalled", async () => {
  await using program = await withProgram(`trap 'echo "{\\"type\\":\\"caught\\"}"; exit 7' INT
echo '{"type":"ready"}'; read -r line; echo "{\\"type\\":\\"$line\\"}"; while :; do sleep 0.05; done`);
  await using running = await codex.spawn({ ...program, stdinOpen: true });
  await running.event((event) => event["type"] === "ready");
  running.write("hello\n");
  await running.event((event) => event["type"] === "hello");
  running.signal("SIGINT");
  const run = await running.finish();
  expect([run.exitCode, run.events.at(-1)]).toEqual([7, { type: "caught" }]);
});

test("waiting for an event of a program that has ended is an error, not a hang", async () => {
  await using program = await withProgram('echo \'{"type":"only"}\'');
  await using running = await codex.spawn(program);
  await expect(running.event((event) => event["type"] === "other")).rejects.toThrow("Codex ended before");
});
