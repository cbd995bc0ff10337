import { expect, test } from "bun:test";
import { model, workspace } from "@codex/scripted-model/testing";
import type { ServerNotification } from "@codex/protocol/notifications";
import type { ThreadStatus } from "@codex/protocol/thread";
import type { Script } from "../../packages/scripted-model/src/script.ts";
import { startServer, type TestServer } from "../support/in-process.ts";
import { masked } from "../support/masked.ts";
import { openItems, story } from "../support/story.ts";

const asks = (cmd: string) => model.exec(cmd, { sandbox_permissions: "require_escalated", justification: "May I?" });
const patch = "*** Begin Patch\n*** Add File: new.txt\n+hello\n*** End Patch\n";

/** A thread under a policy, with its model, in a folder of its own. */
async function scene(
  steps: Script,
  approvalPolicy: "on-request" | "untrusted" | "never" = "on-request",
  config = 'sandbox_mode = "workspace-write"\n',
) {
  const ws = await workspace();
  const server = await model.plays(steps);
  const codex: TestServer = await startServer({ server, ws, config });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", { approvalPolicy });
  return {
    ws,
    server,
    codex,
    client,
    thread,
    /** What the model was told of its newest call. */
    told: () => server.requests.at(-1)?.lastOutput(),
    [Symbol.asyncDispose]: async () => {
      await codex.close();
      await server.close();
      await ws[Symbol.asyncDispose]();
    },
  };
}

test("a command that wants out of the sandbox is asked about, and runs when it is accepted", async () => {
  await using on = await scene([asks("echo out > there"), model.says("Done.")]);
  on.client.answers(() => ({ decision: "accept" }));

  await on.client.turn(on.thread.id, "go");

  expect(await on.ws.read("there")).toBe("out\n");
  const actions = [{ type: "unknown", command: "echo out > there" }];
  expect(masked(on.client.questions, on.ws.root)).toEqual([
    {
      id: 0,
      method: "item/commandExecution/requestApproval",
      params: {
        kind: "command",
        threadId: "<id 1>",
        turnId: "<id 2>",
        itemId: "call_1",
        startedAtMs: 0,
        environmentId: "local",
        reason: "May I?",
        command: "/bin/bash -lc 'echo out > there'",
        cwd: "<root>/project",
        commandActions: actions,
        availableDecisions: ["accept", "acceptForSession", "decline", "cancel"],
      },
    },
  ]);
  expect(storyOfItems(on.client.heard).slice(5, 11)).toEqual([
    "item/started commandExecution",
    "thread/status/changed active waitingOnApproval",
    "serverRequest/resolved",
    "thread/status/changed active",
    "item/completed commandExecution completed",
    "thread/tokenUsage/updated",
  ]);
  expect(on.client.all("serverRequest/resolved")).toEqual([{ threadId: on.thread.id, requestId: 0 }]);
});

test("accepted for the session, the same command runs unasked and another one does not", async () => {
  await using on = await scene([asks("echo a"), asks("echo a"), asks("echo b"), model.says("Done.")]);
  on.client.answers(() => ({ decision: "acceptForSession" }));
  await on.client.turn(on.thread.id, "go");
  expect(on.client.questions.map(({ params }) => "command" in params && params.command)).toEqual([
    "/bin/bash -lc 'echo a'",
    "/bin/bash -lc 'echo b'",
  ]);
});

test("while any of several questions is open the thread waits for an answer", async () => {
  await using on = await scene([[asks("echo a"), asks("echo b")], model.says("Done.")]);
  const first = Promise.withResolvers<unknown>();
  const second = Promise.withResolvers<unknown>();
  on.client.answers(({ id }) => (id === 0 ? first.promise : second.promise));
  const turn = on.client.turn(on.thread.id, "go");
  await on.client.until("item/started", ({ item }) => item.id === "call_2");
  first.resolve({ decision: "accept" });
  await on.client.until("item/completed", ({ item }) => item.id === "call_1");
  const waiting: ThreadStatus = { type: "active", activeFlags: ["waitingOnApproval"] };
  expect((await on.client.ask("thread/read", { threadId: on.thread.id })).thread.status).toEqual(waiting);
  second.resolve({ decision: "accept" });
  await turn;
  expect(on.client.all("thread/status/changed").map(({ status }) => status)).toEqual([
    { type: "active", activeFlags: [] },
    waiting,
    { type: "active", activeFlags: [] },
    { type: "idle" },
  ]);
});

test("declined, the command does not run and the turn goes on", async () => {
  await using on = await scene([asks("touch ran"), model.says("Fine.")]);
  on.client.answers(() => ({ decision: "decline" }));
  const turn = await on.client.turn(on.thread.id, "go");

  expect(turn.status).toBe("completed");
  expect(on.told()).toBe("rejected by user");
  expect(await on.ws.exists("ran")).toBe(false);
  expect(story(on.client.heard)).toContain("item/completed commandExecution declined");
});

const noAnswers: [string, unknown][] = [
  ["an unknown word", { decision: "yes please" }],
  ["nothing", {}],
  ["no object", "accept"],
  ["a rule without words", { decision: { acceptWithExecpolicyAmendment: { execpolicy_amendment: [] } } }],
];
test.each(noAnswers)("an answer that is none (%s) counts as a no", async (_name, answer) => {
  await using on = await scene([asks("touch ran"), asks("touch ran"), model.says("Fine.")]);
  on.client.answers(() => answer);
  expect((await on.client.turn(on.thread.id, "go")).status).toBe("completed");
  expect(await on.ws.exists("ran")).toBe(false);
  expect(on.client.questions).toHaveLength(2);
});

test("a client that fails to answer has said no, unless another one answers", async () => {
  await using on = await scene([asks("touch ran"), asks("touch ran"), model.says("Fine.")]);
  on.client.answers(() => Promise.reject(new Error("gone")));
  const second = await on.codex.connect();
  await second.ask("thread/resume", { threadId: on.thread.id });
  let asked = 0;
  second.answers(() => (asked++ === 0 ? Promise.reject(new Error("gone as well")) : { decision: "accept" }));

  await on.client.turn(on.thread.id, "go");

  expect(on.server.requests[1]?.lastOutput()).toBe("approval request failed");
  expect(await on.ws.exists("ran")).toBe(true);
  expect(second.questions).toEqual(on.client.questions);
});

test.each([
  ["a command", asks("touch new.txt"), "item/completed commandExecution declined"],
  ["a patch", model.patch(patch), "item/completed fileChange declined"],
])("cancelling the question about %s ends the turn", async (_name, step, item) => {
  await using on = await scene([step, model.says("Where was I?")], "untrusted");
  on.client.answers(() => ({ decision: "cancel" }));

  const turn = await on.client.turn(on.thread.id, "go");

  expect(turn.status).toBe("interrupted");
  expect(await on.ws.exists("new.txt")).toBe(false);
  expect(on.server.requests).toHaveLength(1);
  expect(story(on.client.heard)).toContain(item);
  expect(openItems(on.client.heard)).toEqual([]);
  expect((await on.client.turn(on.thread.id, "and?")).status).toBe("completed");
  expect(on.server.requests[1]?.texts("user").slice(-2)).toEqual([expect.stringContaining("<turn_aborted>"), "and?"]);
});

test("an interrupt while a question is open resolves it, and a late answer changes nothing", async () => {
  await using on = await scene([asks("touch ran"), model.says("Well.")]);
  const late = Promise.withResolvers<unknown>();
  on.client.answers(() => late.promise);
  const { turn } = await on.client.ask("turn/start", {
    threadId: on.thread.id,
    input: [{ type: "text", text: "go" }],
  });
  await on.client.until(
    "thread/status/changed",
    ({ status }) => status.type === "active" && status.activeFlags.length > 0,
  );
  expect((await on.client.ask("thread/read", { threadId: on.thread.id })).thread.status).toEqual({
    type: "active",
    activeFlags: ["waitingOnApproval"],
  });

  await on.client.ask("turn/interrupt", { threadId: on.thread.id, turnId: turn.id });
  late.resolve({ decision: "accept" });
  await on.client.turn(on.thread.id, "and?");

  expect(await on.ws.exists("ran")).toBe(false);
  expect(storyOfItems(on.client.heard).slice(5, 11)).toEqual([
    "item/started commandExecution",
    "thread/status/changed active waitingOnApproval",
    "item/completed commandExecution declined",
    "thread/tokenUsage/updated",
    "thread/status/changed idle",
    "turn/completed interrupted",
  ]);
  expect(story(on.client.heard)[11]).toBe("serverRequest/resolved");
  expect(on.server.requests[1]?.outputs()).toEqual(["aborted"]);
});

test("under untrusted commands that may do something, and every patch, are asked about", async () => {
  await using on = await scene(
    [model.exec("echo hi"), model.exec("mkdir made"), model.patch(patch), model.says("Done.")],
    "untrusted",
  );
  on.client.answers(() => ({ decision: "accept" }));
  await on.client.turn(on.thread.id, "go");

  expect(masked(on.client.questions[1], on.ws.root)).toEqual({
    id: 1,
    method: "item/fileChange/requestApproval",
    params: {
      threadId: "<id 1>",
      turnId: "<id 2>",
      itemId: "call_3",
      startedAtMs: 0,
      reason: null,
      grantRoot: null,
      changes: [{ path: "<root>/project/new.txt", kind: { type: "add" }, diff: "hello\n" }],
    },
  });
  expect(on.client.questions.map(({ method }) => method)).toEqual([
    "item/commandExecution/requestApproval",
    "item/fileChange/requestApproval",
  ]);
  expect(await on.ws.read("new.txt")).toBe("hello\n");
});

test("under never nothing is asked and the model is told so", async () => {
  await using on = await scene([asks("touch ran"), model.says("Fine.")], "never");
  await on.client.turn(on.thread.id, "go");
  expect(on.client.questions).toEqual([]);
  expect(on.told()).toContain("approval policy is Never");
  expect(await on.ws.exists("ran")).toBe(false);
});

/** Without output as it comes, whose pieces are not always the same. */
const storyOfItems = (heard: readonly ServerNotification[]) =>
  story(heard.filter(({ method }) => method !== "item/commandExecution/outputDelta"));
