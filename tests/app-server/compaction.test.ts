import { expect, test } from "bun:test";
import { model, workspace } from "@codex/scripted-model/testing";
import type { Script } from "../../packages/scripted-model/src/script.ts";
import { startServer } from "../support/in-process.ts";
import { openItems, story } from "../support/story.ts";

async function scene(steps: Script, config?: string) {
  const ws = await workspace();
  const server = await model.plays(steps);
  const codex = await startServer({ server, ws, ...(config === undefined ? {} : { config }) });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", {});
  const threadId = thread.id;
  return {
    ws,
    server,
    codex,
    client,
    threadId,
    /** Compacts and gives the turn that did it. */
    compact: async () => {
      const before = client.all("turn/completed").length;
      await client.ask("thread/compact/start", { threadId });
      return (await client.until("turn/completed", (params) => client.all("turn/completed").indexOf(params) >= before))
        .turn;
    },
    [Symbol.asyncDispose]: async () => {
      await codex.close();
      await server.close();
      await ws[Symbol.asyncDispose]();
    },
  };
}

const metadata = (headers: Record<string, string> | undefined) =>
  JSON.parse(headers?.["x-codex-turn-metadata"] ?? "{}");

test("a compaction is a turn of its own, after which the model sees the context, the user's words and a summary", async () => {
  await using on = await scene([
    [model.thinks("Hm"), model.exec("echo hi")],
    model.says("First answer."),
    model.says("What happened so far."),
    model.says("After."),
  ]);
  await on.client.turn(on.threadId, "first");
  const from = on.client.heard.length;
  const turn = await on.compact();
  await on.client.turn(on.threadId, "second");

  expect(turn).toMatchObject({ status: "completed", items: [] });
  expect(story(on.client.heard).slice(from, from + 8)).toEqual([
    "thread/status/changed active",
    "turn/started",
    "item/started contextCompaction",
    "thread/tokenUsage/updated",
    "thread/tokenUsage/updated",
    "item/completed contextCompaction",
    "thread/status/changed idle",
    "turn/completed completed",
  ]);
  // What the summary cost, then how much of the window is taken now: an estimate.
  const [cost, now] = on.client.all("thread/tokenUsage/updated").slice(2, 4);
  expect(cost?.tokenUsage.last).toMatchObject({ totalTokens: 120, inputTokens: 100 });
  expect(now?.tokenUsage.total).toEqual(cost?.tokenUsage.total);
  expect(now?.tokenUsage.last).toMatchObject({ inputTokens: 0, outputTokens: 0 });
  expect(now?.tokenUsage.last.totalTokens).toBeGreaterThan(500);
  const [, , asked, after] = on.server.requests;
  expect(asked?.body).toMatchObject({ tools: [], parallel_tool_calls: false });
  expect(asked?.texts("user").at(-1)).toContain("Write that summary now.");
  expect(metadata(asked?.headers)).toMatchObject({
    request_kind: "compaction",
    compaction: { trigger: "manual", reason: "user_requested", implementation: "responses", strategy: "memento" },
  });
  expect(after?.inputKinds()).toEqual(["developer", "developer", "user", "user", "user", "user"]);
  expect(after?.texts("user").slice(1)).toEqual([
    "first",
    expect.stringMatching(/\nWhat happened so far\.$/),
    "second",
  ]);
  expect(metadata(after?.headers)).toMatchObject({ request_kind: "turn", window_number: 1 });
});

test("what was compacted stays so after a resume, and stays in sight of people", async () => {
  await using on = await scene([
    model.says("One."),
    model.says("Sum."),
    model.says("Two."),
    model.says("Sum of sums."),
    model.says("Three."),
  ]);
  await on.client.turn(on.threadId, "first");
  await on.compact();
  await on.codex.close();

  await using again = await startServer({ server: on.server, ws: on.ws });
  const client = await again.connect();
  const { thread } = await client.ask("thread/resume", { threadId: on.threadId });
  expect(thread.turns.map(({ items }) => items.map(({ type }) => type))).toEqual([
    ["userMessage", "agentMessage"],
    ["contextCompaction"],
  ]);
  await client.turn(on.threadId, "second");
  expect(on.server.requests[2]?.texts("user").slice(1)).toEqual(["first", expect.stringMatching(/\nSum\.$/), "second"]);

  // A summary is no word of the user's: the next one takes its place.
  await client.ask("thread/compact/start", { threadId: on.threadId });
  await client.until("item/completed", ({ item }) => item.type === "contextCompaction");
  await client.turn(on.threadId, "third");
  expect(on.server.requests[4]?.texts("user").slice(1)).toEqual([
    "first",
    "second",
    expect.stringMatching(/\nSum of sums\.$/),
    "third",
  ]);
});

test("in the middle of a turn the history is compacted where the window is nearly full", async () => {
  await using on = await scene(
    [
      [model.exec("echo one"), model.usage({ input: 900, output: 101 })],
      [model.says("Half way."), model.usage({ input: 50, output: 10 })],
      model.says("Done."),
    ],
    "model_auto_compact_token_limit = 1000\n",
  );
  await on.client.turn(on.threadId, "go");

  const [, asked, after] = on.server.requests;
  expect(metadata(asked?.headers).compaction).toMatchObject({
    trigger: "auto",
    reason: "context_limit",
    phase: "mid_turn",
  });
  expect(after?.inputKinds()).toEqual(["developer", "developer", "user", "user", "user"]);
  expect(after?.texts("user").slice(1)).toEqual(["go", expect.stringMatching(/\nHalf way\.$/)]);
  expect(on.client.all("turn/completed")).toHaveLength(1);
  expect(story(on.client.heard).filter((line) => line.includes("contextCompaction"))).toEqual([
    "item/started contextCompaction",
    "item/completed contextCompaction",
  ]);
});

test("a turn that finds the window nearly full, or too full for the last one, begins with a compaction", async () => {
  await using on = await scene(
    [
      [model.says("One."), model.usage({ input: 900, output: 101 })],
      model.says("Sum."),
      model.fails("context_length_exceeded", "Too long."),
      model.says("Sum again."),
      model.says("Three."),
    ],
    "model_auto_compact_token_limit = 1000\n",
  );
  await on.client.turn(on.threadId, "first");
  expect((await on.client.turn(on.threadId, "second")).status).toBe("failed");
  expect((await on.client.turn(on.threadId, "third")).status).toBe("completed");

  const summaries = on.server.requests.map(({ headers }) => metadata(headers).compaction?.phase);
  expect(summaries).toEqual([undefined, "pre_turn", undefined, "pre_turn", undefined]);
  expect(on.server.requests[2]?.texts("user").slice(1)).toEqual(["first", expect.stringMatching(/\nSum\.$/), "second"]);
  expect(on.server.requests[4]?.texts("user").slice(1)).toEqual([
    "first",
    "second",
    expect.stringMatching(/\nSum again\.$/),
    "third",
  ]);
});

test("a compaction that fails leaves the history as it was", async () => {
  await using on = await scene(
    [model.says("One."), model.status(400, { error: { message: "No." } }), [], model.says("Two.")],
    undefined,
  );
  await on.client.turn(on.threadId, "first");
  expect(await on.compact()).toMatchObject({ status: "failed", error: { message: expect.stringContaining("No.") } });
  expect(await on.compact()).toMatchObject({
    status: "failed",
    error: { message: "The model wrote no summary, so the conversation stays as it is." },
  });
  await on.client.turn(on.threadId, "second");
  expect(on.server.requests[3]?.texts("assistant")).toEqual(["One."]);
  expect(openItems(on.client.heard)).toEqual([]);
});

test("what comes while the history is compacted is there afterwards", async () => {
  const gate = model.gate();
  await using on = await scene([model.says("One."), [model.waits(gate), model.says("Sum.")], model.says("Two.")]);
  const { threadId } = on;
  await on.client.turn(threadId, "first");
  await on.client.ask("thread/compact/start", { threadId });
  await on.server.arrival(1);
  const item = { type: "message", role: "user", content: [{ type: "input_text", text: "put in" }] };
  await on.client.ask("thread/inject_items", { threadId, items: [item] });
  await on.client.ask("thread/shellCommand", { threadId, command: "echo meanwhile" });
  gate.open();
  await on.client.until("item/completed", (params) => params.item.type === "commandExecution");
  await on.client.turn(threadId, "second");

  const told = on.server.requests[2]?.texts("user").slice(2);
  expect(told).toEqual([
    expect.stringMatching(/\nSum\.$/),
    "put in",
    expect.stringContaining("\nmeanwhile\n"),
    "second",
  ]);
});

test("where the whole history is too much even for a summary, its beginning is left out", async () => {
  const tooLong = model.fails("context_length_exceeded", "Too long.");
  await using on = await scene([model.says("One."), tooLong, model.says("Sum."), model.says("Two.")]);
  await on.client.turn(on.threadId, "first");
  expect((await on.compact()).status).toBe("completed");
  const [, all, less] = on.server.requests;
  expect(less?.input().length).toBeLessThan(all?.input().length ?? 0);
});

test("a compaction cannot be steered, can be interrupted, and a second one takes its place", async () => {
  const gate = model.gate();
  await using on = await scene([
    model.says("One."),
    [model.waits(gate), model.says("Never.")],
    [model.waits(gate), model.says("Never.")],
    model.says("Two."),
  ]);
  const { threadId } = on;
  await on.client.turn(threadId, "first");
  await on.client.ask("thread/compact/start", { threadId });
  await on.server.arrival(1);
  const first = on.client.all("turn/started").at(-1)?.turn.id ?? "";
  const refusal: object = {
    code: "turnNotSteerable",
    message: "cannot steer a compact turn",
    data: {
      message: "cannot steer a compact turn",
      codexErrorInfo: { activeTurnNotSteerable: { turnKind: "compact" } },
      additionalDetails: null,
      misalignment: null,
    },
  };
  const input = [{ type: "text", text: "x" }];
  expect(await on.client.refused("turn/steer", { threadId, input, expectedTurnId: first })).toMatchObject(refusal);
  expect(await on.client.refused("turn/start", { threadId, input })).toMatchObject(refusal);

  await on.client.ask("thread/compact/start", { threadId });
  await on.server.arrival(2);
  const second = on.client.all("turn/started").at(-1)?.turn.id ?? "";
  await on.client.ask("turn/interrupt", { threadId, turnId: second });
  gate.open();
  await on.client.turn(threadId, "second");

  const ends = on.client.all("turn/completed").map(({ turn }) => turn.status);
  expect(ends).toEqual(["completed", "interrupted", "interrupted", "completed"]);
  expect(on.server.requests[3]?.texts("assistant")).toEqual(["One."]);
  expect(openItems(on.client.heard)).toEqual([]);
});
