// What one process leaves on disk and the next one goes on from.
import { expect, test } from "bun:test";
import { join } from "node:path";
import { isObject } from "@codex/protocol/json";
import { codex, model, workspace } from "@codex/scripted-model/testing";
import { startServer } from "./support/in-process.ts";

const threadOf = (run: { events: Record<string, unknown>[] }): string => String(run.events[0]?.["thread_id"]);
const fieldOf = (value: unknown, key: string): unknown => (isObject(value) ? value[key] : undefined);

test("a thread goes on from process to process, by --last, id and name, and a fork leaves it as it is", async () => {
  await using ws = await workspace({ "a.txt": "hi\n" });
  await using server = await model.plays([
    [model.thinks("Hm", { encrypted: "cipher" }), model.exec("cat a.txt")],
    model.says("One."),
    model.says("Two."),
    model.says("Three."),
    model.says("Four."),
    model.says("Five."),
    model.says("Six."),
  ]);
  const first = await codex.exec({ server, ws, args: ["--json", "one"] });
  const id = threadOf(first);
  const second = await codex.exec({ server, ws, args: ["--json", "resume", "--last", "two"] });
  const third = await codex.exec({ server, ws, args: ["--json", "resume", id, "three"] });
  {
    await using codexServer = await startServer({ server, ws });
    const client = await codexServer.connect();
    await client.ask("thread/name/set", { threadId: id, name: "my thread" });
  }
  const fourth = await codex.exec({ server, ws, args: ["--json", "resume", "my thread", "four"] });
  const fork = await codex.exec({ server, ws, args: ["--json", "fork", id, "aside"] });
  const last = await codex.exec({ server, ws, args: ["--json", "resume", id, "five"] });

  const runs = [first, second, third, fourth, fork, last];
  expect(runs.map(({ exitCode }) => exitCode)).toEqual([0, 0, 0, 0, 0, 0]);
  expect(runs.map(threadOf)).toEqual([id, id, id, id, threadOf(fork), id]);
  expect(threadOf(fork)).not.toBe(id);

  // The first item are the instructions, whose id is made from the thread's.
  const inputs = server.requests.map((request) => request.input().slice(1));
  expect(new Set(server.requests.map((request) => request.texts("developer")[0])).size).toBe(1);
  for (const [index, goesOnFrom] of [1, 2, 3, 4, 4].map((from, step) => [step + 2, from] as const)) {
    const before = inputs[goesOnFrom] ?? [];
    expect(inputs[index]?.slice(0, before.length)).toEqual(before);
  }
  const prompts = (index: number) => server.requests[index]?.texts("user").filter((text) => !text.startsWith("<"));
  expect(prompts(5)).toEqual(["one", "two", "three", "four", "aside"]);
  expect(prompts(6)).toEqual(["one", "two", "three", "four", "five"]);
  expect(server.requests.map(({ body }) => body["prompt_cache_key"])).toEqual([id, id, id, id, id, threadOf(fork), id]);
  expect(inputs[6]).toContainEqual(expect.objectContaining({ type: "reasoning", encrypted_content: "cipher" }));

  const tokens = runs.map(({ events }) => fieldOf(events.at(-1)?.["thread_usage"], "input_tokens"));
  const one = Number(tokens[0]) / 2;
  expect(tokens).toEqual([2, 3, 4, 5, 6, 6].map((requests) => requests * one));
  const files = (await last.rollouts()).map(({ lines }) => fieldOf(lines[0]?.["payload"], "id"));
  expect(files.toSorted()).toEqual([id, threadOf(fork)].toSorted());
}, 40_000);

test("--last means the newest thread of this folder, and of any with --all", async () => {
  await using ws = await workspace({ "sub/a.txt": "hi\n" });
  await using server = await model.plays(() => model.says("Yes."));
  const here = await codex.exec({ server, ws, args: ["--json", "here"] });
  const there = await codex.exec({ server, ws, cwd: join(ws.path, "sub"), args: ["--json", "there"] });
  const inFolder = await codex.exec({ server, ws, args: ["--json", "resume", "--last", "go on"] });
  expect(threadOf(inFolder)).toBe(threadOf(here));
  await codex.exec({ server, ws, cwd: join(ws.path, "sub"), args: ["--json", "resume", "--last", "go on"] });
  const anywhere = await codex.exec({ server, ws, args: ["--json", "resume", "--last", "--all", "go on"] });
  expect(threadOf(anywhere)).toBe(threadOf(there));
}, 30_000);

test("a thread of a client is resumed by exec, and exec's thread is read by a client", async () => {
  await using ws = await workspace();
  await using server = await model.plays([model.says("One."), model.says("Two.")]);
  await using first = await startServer({ server, ws });
  const client = await first.connect();
  const { thread } = await client.ask("thread/start", {});
  await client.turn(thread.id, "go");
  await first.close();

  const run = await codex.exec({ server, ws, args: ["--json", "resume", thread.id, "on"] });
  expect([run.exitCode, run.items("agent_message")]).toEqual([0, [{ text: "Two." }]]);

  await using second = await startServer({ server, ws });
  const later = await second.connect();
  const read = await later.ask("thread/read", { threadId: thread.id, includeTurns: true });
  const said = read.thread.turns.map(({ status, items }) => [
    status,
    items.flatMap((item) => (item.type === "agentMessage" ? [item.text] : [])),
  ]);
  expect(said).toEqual([
    ["completed", ["One."]],
    ["completed", ["Two."]],
  ]);
  expect(read.thread).toMatchObject({ source: "vscode", originator: "test", preview: "go" });
});

test("what a turn said before it failed or was interrupted is still there in the next process", async () => {
  await using ws = await workspace();
  await using server = await model.plays([
    [model.says("Half", { unfinished: true }), model.fails("invalid_prompt", "no good")],
    [model.says("Part", { unfinished: true }), model.ends("silence")],
  ]);
  const failed = await codex.exec({ server, ws, args: ["--json", "one"] });
  expect(failed.exitCode).toBe(1);
  const id = threadOf(failed);
  await using first = await startServer({ server, ws });
  const client = await first.connect();
  await client.ask("thread/resume", { threadId: id });
  const { turn } = await client.ask("turn/start", { threadId: id, input: [{ type: "text", text: "two" }] });
  await client.until("item/agentMessage/delta");
  await client.ask("turn/interrupt", { threadId: id, turnId: turn.id });
  await first.close();

  await using second = await startServer({ server, ws });
  const later = await second.connect();
  const { thread } = await later.ask("thread/read", { threadId: id, includeTurns: true });
  expect(thread.turns.map(({ status, error, items }) => [status, error?.message, items.at(-1)])).toEqual([
    ["failed", "no good", expect.objectContaining({ text: "Half", incomplete: true })],
    ["interrupted", undefined, expect.objectContaining({ text: "Part", incomplete: true })],
  ]);
});

test("-o holds the last message alone, is empty where there was none, and a path that cannot be written fails the run", async () => {
  await using ws = await workspace();
  await using server = await model.plays([
    [model.says("First."), model.exec("true")],
    model.says("Last."),
    model.fails("invalid_prompt", "no good"),
    model.says("Unheard."),
  ]);
  const file = join(ws.root, "last.txt");
  const good = await codex.exec({ server, ws, args: ["-o", file, "go"] });
  expect([good.exitCode, await Bun.file(file).text()]).toEqual([0, "Last."]);

  const bad = await codex.exec({ server, ws, args: ["-o", file, "go"] });
  expect([bad.exitCode, await Bun.file(file).text()]).toEqual([1, ""]);
  expect(bad.stderr).toContain("ERROR: no good");

  const lost = await codex.exec({ server, ws, args: ["-o", join(ws.root, "no", "such", "folder"), "go"] });
  expect(lost.exitCode).toBe(1);
  expect(lost.stderr).toContain(`Cannot write the last message to ${join(ws.root, "no", "such", "folder")}: `);
  expect(lost.stdout).toBe("Unheard.\n");
}, 20_000);
