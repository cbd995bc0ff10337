import { expect, test } from "bun:test";
import { model, workspace } from "@codex/scripted-model/testing";
import { startServer, type TestClient } from "../support/in-process.ts";
import { masked } from "../support/masked.ts";
import { openItems, story } from "../support/story.ts";

const begun = [
  "thread/status/changed active",
  "turn/started",
  "item/started userMessage",
  "item/completed userMessage",
];
const counted = ["thread/tokenUsage/updated"];

test("a turn is told in a fixed order, from the thread's start to its idleness", async () => {
  await using ws = await workspace();
  await using server = await model.plays([
    [model.thinks("**Look**"), model.exec("exit 3")],
    model.says("Done.", { deltas: 2 }),
  ]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();

  const { thread } = await client.ask("thread/start", {});
  await client.turn(thread.id, "go");

  expect(story(client.heard)).toEqual([
    "thread/started",
    ...begun,
    "item/started reasoning",
    "item/reasoning/summaryPartAdded",
    "item/reasoning/summaryTextDelta",
    "item/completed reasoning",
    "item/started commandExecution",
    "item/completed commandExecution failed",
    ...counted,
    "item/started agentMessage",
    "item/agentMessage/delta",
    "item/agentMessage/delta",
    'item/completed agentMessage "Done."',
    ...counted,
    "thread/status/changed idle",
    "turn/completed completed",
  ]);
});

test("the items of a turn are told whole", async () => {
  await using ws = await workspace();
  await using server = await model.plays([[model.thinks("Hm"), model.says("Hello.")]]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", {});
  await client.turn(thread.id, "go", { clientUserMessageId: "mine" });

  const times = { startedAtMs: 0, completedAtMs: 0 };
  const message = {
    type: "agentMessage",
    id: "msg_1",
    text: "Hello.",
    phase: null,
    moderation: null,
    memoryCitation: null,
    delivery: null,
    questions: null,
  };
  const at = { threadId: "<id 1>", turnId: "<id 2>", startedAtMs: 0 };
  const { startedAtMs: _begun, ...place } = at;
  const ended = { ...place, contentTokenCount: null, completedAtMs: 0 };
  const content = [{ type: "text", text: "go", text_elements: [] }];
  const told = masked(
    { thread: thread.id, turn: client.all("turn/started")[0]?.turn.id, items: items(client) },
    ws.root,
  );
  expect(told).toMatchObject({
    items: [
      { ...at, item: { type: "userMessage", clientId: "mine", content, startedAtMs: 0, completedAtMs: null } },
      { ...ended, item: { type: "userMessage", clientId: "mine", content, ...times } },
      { ...at, item: { type: "reasoning", id: "rs_1", summary: [], content: [], startedAtMs: 0, completedAtMs: null } },
      { ...ended, item: { type: "reasoning", id: "rs_1", summary: ["Hm"], content: [], ...times } },
      { ...at, item: { ...message, text: "", startedAtMs: 0, completedAtMs: null } },
      { ...ended, item: { ...message, ...times } },
    ],
  });
  expect(masked(client.all("turn/completed"), ws.root)).toEqual([
    {
      threadId: "<id 1>",
      turn: {
        id: "<id 2>",
        rootTurnId: "<id 2>",
        items: [{ ...message, ...times }],
        itemsView: "summary",
        status: "completed",
        error: null,
        startedAt: 0,
        completedAt: 0,
        durationMs: 0,
      },
    },
  ]);
});

test("a turn that fails says why, keeps what was said, and leaves the thread in an error", async () => {
  await using ws = await workspace();
  await using server = await model.plays([
    [model.says("Half a", { unfinished: true }), model.fails("invalid_prompt", "no good")],
    model.says("Better."),
  ]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", {});

  const turn = await client.turn(thread.id, "go");

  expect(turn).toMatchObject({ status: "failed", error: { message: "no good", codexErrorInfo: "other" }, items: [] });
  expect(story(client.heard)).toEqual([
    "thread/started",
    ...begun,
    "item/started agentMessage",
    "item/agentMessage/delta",
    'item/completed agentMessage "Half a" incomplete',
    "error final",
    "thread/status/changed systemError",
    "turn/completed failed",
  ]);
  const read = await client.ask("thread/read", { threadId: thread.id, includeTurns: true });
  expect(read.thread.status).toEqual({ type: "systemError" });
  expect(read.thread.turns[0]?.items.at(-1)).toMatchObject({ text: "Half a", incomplete: true });

  expect((await client.turn(thread.id, "again")).status).toBe("completed");
  expect(server.requests[1]?.texts("assistant")).toEqual(["Half a"]);
  expect((await client.ask("thread/read", { threadId: thread.id })).thread.status).toEqual({ type: "idle" });
});

test("a stream that breaks closes what it began, and the retry begins anew", async () => {
  await using ws = await workspace();
  await using server = await model.plays([
    [model.thinks("Hm", { unfinished: true }), model.says("Half", { unfinished: true }), model.ends("eof")],
    model.says("Whole."),
  ]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", {});
  await client.turn(thread.id, "go");

  expect(openItems(client.heard)).toEqual([]);
  expect(story(client.heard).slice(5)).toEqual([
    "item/started reasoning",
    "item/reasoning/summaryPartAdded",
    "item/reasoning/summaryTextDelta",
    "item/started agentMessage",
    "item/agentMessage/delta",
    "item/completed reasoning",
    'item/completed agentMessage "Half" incomplete',
    "error will retry",
    "item/started agentMessage",
    "item/agentMessage/delta",
    'item/completed agentMessage "Whole."',
    ...counted,
    "thread/status/changed idle",
    "turn/completed completed",
  ]);
  // What was cut is not part of what the model is told.
  expect(server.requests[1]?.texts("assistant")).toEqual([]);
});

test("an interrupt ends text and commands alike, and is answered when the turn has ended", async () => {
  await using ws = await workspace();
  await using server = await model.plays([
    [model.exec("echo begun; sleep 30"), model.says("Partial", { unfinished: true }), model.ends("silence")],
    model.says("I know."),
  ]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", {});
  const { turn } = await client.ask("turn/start", { threadId: thread.id, input: [{ type: "text", text: "go" }] });
  await client.until("item/commandExecution/outputDelta");
  await client.until("item/agentMessage/delta");

  const other = await client.refused("turn/interrupt", { threadId: thread.id, turnId: "other" });
  expect(other.message).toBe(`expected active turn id other but found ${turn.id}`);
  await client.ask("turn/interrupt", { threadId: thread.id, turnId: turn.id });

  expect(story(client.heard).slice(-2)).toEqual(["thread/status/changed idle", "turn/completed interrupted"]);
  expect(openItems(client.heard)).toEqual([]);
  expect(story(client.heard)).toContain('item/completed agentMessage "Partial" incomplete');
  expect(client.all("item/completed").find(({ item }) => item.type === "commandExecution")?.item).toMatchObject({
    status: "failed",
    aggregatedOutput: "begun\n",
  });
  expect(await client.refused("turn/interrupt", { threadId: thread.id, turnId: turn.id })).toEqual({
    code: "noActiveTurn",
    message: "no active turn to interrupt",
  });

  await client.turn(thread.id, "and?");
  expect(server.requests[1]?.lastOutput()).toMatch(/^Wall time: \d+\.\d seconds\naborted by user$/);
  expect(server.requests[1]?.texts("user").slice(-2)).toEqual([expect.stringContaining("<turn_aborted>"), "and?"]);
});

test("what is said while a turn runs becomes part of it", async () => {
  await using ws = await workspace();
  const hold = model.gate();
  await using server = await model.plays([[model.waits(hold), model.says("First.")], model.says("Second.")]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", {});
  const threadId = thread.id;
  const first = await client.ask("turn/start", { threadId, input: [{ type: "text", text: "go" }] });
  await server.arrival(0);

  const steer = await client.ask("turn/start", {
    threadId,
    input: [{ type: "text", text: "also this" }],
    clientUserMessageId: "steer",
  });
  expect(steer.turn.id).toBe(first.turn.id);
  hold.open();
  await client.until("turn/completed");

  expect(client.all("turn/started")).toHaveLength(1);
  const said = client.all("item/completed").flatMap(({ item }) => (item.type === "userMessage" ? [item.clientId] : []));
  expect(said).toEqual([null, "steer"]);
  expect(server.requests[1]?.inputKinds().slice(-3)).toEqual(["user", "assistant", "user"]);
  expect(server.requests[1]?.texts("user").at(-1)).toBe("also this");
});

test("what is said to a turn that is being interrupted begins the next one", async () => {
  await using ws = await workspace();
  await using server = await model.plays([model.ends("silence"), model.says("Here.")]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", {});
  const threadId = thread.id;
  const first = await client.ask("turn/start", { threadId, input: [{ type: "text", text: "go" }] });
  await server.arrival(0);

  const interrupted = client.ask("turn/interrupt", { threadId, turnId: first.turn.id });
  const second = await client.turn(threadId, "and now?");
  await interrupted;

  expect(second).toMatchObject({ status: "completed", items: [{ text: "Here." }] });
  expect(second.id).not.toBe(first.turn.id);
  expect(client.all("turn/completed").map(({ turn }) => turn.status)).toEqual(["interrupted", "completed"]);
});

test("two starts at the same moment make one turn of both", async () => {
  await using ws = await workspace();
  await using server = await model.plays((request) => model.says(`Heard ${request.texts("user").slice(-2).join("+")}`));
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", {});
  const say = (text: string) => client.ask("turn/start", { threadId: thread.id, input: [{ type: "text", text }] });

  const [one, two] = await Promise.all([say("one"), say("two")]);
  expect(one.turn.id).toBe(two.turn.id);
  await client.until("turn/completed");
  expect(client.all("turn/started")).toHaveLength(1);
  expect(server.requests.at(-1)?.texts("user")).toEqual(expect.arrayContaining(["one", "two"]));
});

test("a turn may begin without a word, but nothing is no steer", async () => {
  await using ws = await workspace();
  const hold = model.gate();
  await using server = await model.plays([[model.waits(hold), model.says("Hi.")]]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", {});
  await client.ask("turn/start", { threadId: thread.id, input: [] });
  await server.arrival(0);
  expect(await client.refused("turn/start", { threadId: thread.id, input: [] })).toEqual({
    code: "emptyInput",
    message: "input must not be empty",
  });
  hold.open();
  await client.until("turn/completed");
  expect(client.all("item/started").map(({ item }) => item.type)).toEqual(["agentMessage"]);
});

test("a client that does not want to hear of a method does not, and others do", async () => {
  await using ws = await workspace();
  await using server = await model.plays([model.says("Hi.")]);
  await using codex = await startServer({ server, ws });
  const quiet = await codex.connect({ optOutNotificationMethods: ["item/agentMessage/delta", "no/such"] });
  const other = await codex.connect();
  const { thread } = await quiet.ask("thread/start", {});
  await other.ask("thread/resume", { threadId: thread.id });
  await quiet.turn(thread.id, "go");

  expect(quiet.all("item/agentMessage/delta")).toEqual([]);
  expect(other.all("item/agentMessage/delta")).toHaveLength(1);
  expect(story(quiet.heard)).toEqual(story(other.heard).filter((each) => each !== "item/agentMessage/delta"));
});

const items = (client: TestClient) =>
  client.heard.flatMap(({ method, params }) =>
    method === "item/started" || method === "item/completed" ? [params] : [],
  );
