import { expect, test } from "bun:test";
import { model, workspace } from "@codex/scripted-model/testing";
import type { Script } from "../../packages/scripted-model/src/script.ts";
import { startServer } from "../support/in-process.ts";
import { openItems } from "../support/story.ts";

const plan = (mode: "plan" | "default") => ({
  mode,
  settings: { model: "gpt-5.5", reasoning_effort: null, developer_instructions: null },
});

async function scene(steps: Script, config = 'sandbox_mode = "workspace-write"\n') {
  const ws = await workspace();
  const server = await model.plays(steps);
  const codex = await startServer({ server, ws, config });
  const client = await codex.connect();
  return {
    ws,
    server,
    codex,
    client,
    start: async (params: object = {}) => (await client.ask("thread/start", params)).thread.id,
    [Symbol.asyncDispose]: async () => {
      await codex.close();
      await server.close();
      await ws[Symbol.asyncDispose]();
    },
  };
}

const never = new Promise<never>(() => undefined);
const say = (text: string) => [{ type: "text" as const, text, text_elements: [] }];

test("a question outlives its client, and whoever resumes the thread is asked again under the same id", async () => {
  await using on = await scene([model.exec("touch ran"), model.says("Done.")]);
  const threadId = await on.start({ approvalPolicy: "untrusted" });
  on.client.answers(() => never);
  await on.client.ask("turn/start", { threadId, input: say("go") });
  await on.client.until("item/started", ({ item }) => item.type === "commandExecution");
  on.client.leave();

  const second = await on.codex.connect();
  second.answers(() => ({ decision: "accept" }));
  const resumed = await second.ask("thread/resume", { threadId });

  expect(resumed.thread.status).toEqual({ type: "active", activeFlags: ["waitingOnApproval"] });
  expect((await second.until("turn/completed")).turn.status).toBe("completed");
  expect(second.questions).toEqual(on.client.questions);
  expect(second.questions.map(({ id }) => id)).toEqual([0]);
  expect(await on.ws.exists("ran")).toBe(true);
});

test("a question waits while no client is there at all", async () => {
  await using on = await scene([model.exec("touch ran"), model.says("Done.")]);
  const threadId = await on.start({ approvalPolicy: "untrusted" });
  await on.client.ask("turn/start", { threadId, input: say("go") });
  on.client.leave();
  await on.server.arrival(0);

  const second = await on.codex.connect();
  second.answers(() => ({ decision: "accept" }));
  await second.ask("thread/resume", { threadId });

  expect((await second.until("turn/completed")).turn.status).toBe("completed");
  expect(await on.ws.exists("ran")).toBe(true);
});

test("the first answer counts, everyone hears that it is settled, and a late answer is told to be one", async () => {
  await using on = await scene([model.exec("touch ran"), model.says("Done.")]);
  const threadId = await on.start({ approvalPolicy: "untrusted" });
  const second = await on.codex.connect();
  await second.ask("thread/resume", { threadId });
  const late = Promise.withResolvers<unknown>();
  on.client.answers(() => late.promise);
  second.answers(() => ({ decision: "accept" }));

  await on.client.turn(threadId, "go");
  late.resolve({ decision: "decline" });
  await on.client.until("warning", ({ message }) => message.includes("too late"));

  const settled = [{ threadId, requestId: 0 }];
  expect(on.client.all("serverRequest/resolved")).toEqual(settled);
  expect(second.all("serverRequest/resolved")).toEqual(settled);
  expect(second.all("warning")).toEqual([]);
  expect(await on.ws.exists("ran")).toBe(true);
});

test("an answer that is none declines, and the client that gave it is told so", async () => {
  await using on = await scene([model.exec("touch ran"), model.says("Fine.")]);
  const threadId = await on.start({ approvalPolicy: "untrusted" });
  on.client.answers(() => ({ decision: "perhaps" }));
  await on.client.turn(threadId, "go");
  expect(on.client.all("warning").map(({ message }) => message)).toEqual([
    "The client's answer to item/commandExecution/requestApproval is none that this version knows, so it counts as declined.",
  ]);
  expect(on.server.requests[1]?.lastOutput()).toBe("approval was not understood");
  expect(await on.ws.exists("ran")).toBe(false);
});

const lookup = {
  type: "function",
  name: "lookup",
  description: "Looks something up",
  inputSchema: { type: "object", properties: { q: { type: "string" } }, required: ["q"] },
} as const;
const shop = {
  type: "namespace",
  name: "shop",
  description: "The shop",
  tools: [{ ...lookup, name: "order" }],
} as const;
const dot =
  "data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==";

test("the client's own tools are offered, run by the client, shown as items and outlive the process", async () => {
  await using on = await scene([
    [model.call("lookup", { q: "one" }), model.call("order", { q: "two" }, { namespace: "shop" })],
    model.says("Done."),
    model.says("Again."),
  ]);
  const threadId = await on.start({ dynamicTools: [lookup, shop] });
  on.client.answers(({ params }) => ({
    contentItems:
      "tool" in params && params.tool === "lookup"
        ? [{ type: "inputText", text: "found" }]
        : [
            { type: "inputText", text: "a picture" },
            { type: "inputImage", imageUrl: dot },
          ],
    success: true,
  }));
  await on.client.turn(threadId, "go");

  expect(on.server.requests[0]?.tools().slice(-2)).toEqual(["lookup", "shop.order"]);
  expect(on.client.questions.map(({ method, params }) => ({ method, params }))).toMatchObject([
    {
      method: "item/tool/call",
      params: { callId: "call_1", namespace: null, tool: "lookup", arguments: { q: "one" } },
    },
    {
      method: "item/tool/call",
      params: { callId: "call_2", namespace: "shop", tool: "order", arguments: { q: "two" } },
    },
  ]);
  expect(on.server.requests[1]?.outputs()).toEqual(["found", "a picture[image]"]);
  const items = on.client.all("item/completed").flatMap(({ item }) => (item.type === "dynamicToolCall" ? [item] : []));
  expect(items).toMatchObject([
    { id: "call_1", tool: "lookup", status: "completed", success: true },
    { id: "call_2", namespace: "shop", status: "completed", contentItems: [{ text: "a picture" }, { imageUrl: dot }] },
  ]);
  expect(on.client.all("thread/status/changed").map(({ status }) => status)).toEqual([
    { type: "active", activeFlags: [] },
    { type: "idle" },
  ]);

  await on.codex.close();
  await using again = await startServer({ server: on.server, ws: on.ws });
  const client = await again.connect();
  const { thread } = await client.ask("thread/resume", { threadId });
  const stored = thread.turns[0]?.items.flatMap((item) => (item.type === "dynamicToolCall" ? [item] : []));
  expect(stored).toEqual(items);
  await client.turn(threadId, "again");
  expect(on.server.requests[2]?.tools().slice(-2)).toEqual(["lookup", "shop.order"]);
});

test.each([
  ["says that it failed", { contentItems: [{ type: "inputText", text: "no such" }], success: false }, "no such"],
  ["answers nonsense", { found: true }, "dynamic tool response was invalid"],
  ["answers with an error", new Error("boom"), "dynamic tool request failed"],
])("a client that %s fails the call and not the turn", async (_name, answer, output) => {
  await using on = await scene([model.call("lookup", { q: "x" }), model.says("Fine.")]);
  const threadId = await on.start({ dynamicTools: [lookup] });
  on.client.answers(() => (answer instanceof Error ? Promise.reject(answer) : answer));
  expect((await on.client.turn(threadId, "go")).status).toBe("completed");
  expect(on.server.requests[1]?.lastOutput()).toBe(output);
  const ended = on.client.all("item/completed").find(({ item }) => item.type === "dynamicToolCall");
  expect(ended?.item).toMatchObject({ status: "failed", success: false });
});

test("an interrupt ends a call that the client has not answered", async () => {
  await using on = await scene([model.call("lookup", { q: "x" })]);
  const threadId = await on.start({ dynamicTools: [lookup] });
  on.client.answers(() => never);
  const { turn } = await on.client.ask("turn/start", { threadId, input: say("go") });
  await on.client.until("item/started", ({ item }) => item.type === "dynamicToolCall");
  await on.client.ask("turn/interrupt", { threadId, turnId: turn.id });
  await on.client.until("serverRequest/resolved");
  expect(openItems(on.client.heard)).toEqual([]);
});

const refused: [string, unknown[]][] = [
  ["dynamic tool name must not be empty", [{ ...lookup, name: "" }]],
  ["dynamic tool name must match ^[a-zA-Z0-9_-]+$ to match Responses API: a b", [{ ...lookup, name: "a b" }]],
  ["duplicate dynamic tool name: lookup", [lookup, lookup]],
  ["deferred dynamic tool must include a namespace: lookup", [{ ...lookup, deferLoading: true }]],
  ["dynamic tool namespace must contain at least one tool: shop", [{ ...shop, tools: [] }]],
];
test.each(refused)("tools that the service would refuse are refused: %s", async (message, dynamicTools) => {
  await using on = await scene([]);
  expect((await on.client.refused("thread/start", { dynamicTools })).message).toBe(message);
});

const question = {
  id: "which",
  header: "Colour",
  question: "Which one?",
  options: [
    { label: "Red", description: "Warm" },
    { label: "Blue", description: "Cold" },
  ],
};

test("in plan mode the model may ask the user, who answers in words", async () => {
  await using on = await scene([model.call("request_user_input", { questions: [question] }), model.says("Red it is.")]);
  const threadId = await on.start();
  on.client.answers(() => ({ answers: { which: { answers: ["Red"] } } }));
  await on.client.turn(threadId, "plan it", { collaborationMode: plan("plan") });

  expect(on.client.questions.map(({ method, params }) => ({ method, params }))).toEqual([
    {
      method: "item/tool/requestUserInput",
      params: {
        threadId,
        turnId: on.client.all("turn/started")[0]?.turn.id ?? "",
        itemId: "call_1",
        questions: [{ ...question, isOther: true, isSecret: false }],
        isBlocking: true,
        autoResolutionMs: null,
      },
    },
  ]);
  expect(on.server.requests[1]?.lastOutput()).toBe('{"answers":{"which":{"answers":["Red"]}}}');
  expect(on.server.requests[0]?.tools()).toContain("request_user_input");
  expect(on.server.requests[0]?.texts("developer").some((text) => text.startsWith("<collaboration_mode>"))).toBe(true);
  const flags = on.client
    .all("thread/status/changed")
    .map(({ status }) => "activeFlags" in status && status.activeFlags);
  expect(flags).toEqual([[], ["waitingOnUserInput"], [], false]);
});

test("a proposed plan is an item of its own, also after a resume, and the model sees what it wrote", async () => {
  const said = "Here it is.\n<proposed_plan>\n# Plan\n</proposed_plan>\nShall I?";
  await using on = await scene([model.says(said, { deltas: 7 }), model.says("Go.")]);
  const threadId = await on.start();
  const turn = await on.client.turn(threadId, "plan it", { collaborationMode: plan("plan") });
  expect(turn.items).toMatchObject([{ type: "agentMessage", text: "Here it is.\nShall I?" }]);
  await on.codex.close();

  await using again = await startServer({ server: on.server, ws: on.ws });
  const client = await again.connect();
  const { thread } = await client.ask("thread/resume", { threadId });
  expect(thread.turns[0]?.items.slice(1)).toMatchObject([
    { type: "plan", id: `${turn.id}-plan`, text: "# Plan\n" },
    { type: "agentMessage", text: "Here it is.\nShall I?" },
  ]);
  await client.turn(threadId, "more");
  expect(on.server.requests[1]?.texts("assistant")).toEqual([said]);
  expect(on.server.requests[1]?.tools()).toContain("request_user_input");
});

test("outside of plan mode the tool is not offered, and the model is told when the mode changes", async () => {
  await using on = await scene([
    model.says("Planned."),
    model.call("request_user_input", { questions: [question] }),
    model.says("Done."),
  ]);
  const threadId = await on.start();
  await on.client.turn(threadId, "plan it", { collaborationMode: plan("plan") });
  await on.client.turn(threadId, "do it", { collaborationMode: plan("default") });

  const [first, second, third] = on.server.requests;
  expect([first, second].map((request) => request?.tools().includes("request_user_input"))).toEqual([true, false]);
  expect(third?.lastOutput()).toBe("request_user_input is unavailable in Default mode");
  expect(second?.texts("developer").at(-1)).toStartWith("<collaboration_mode>\n# Default mode");
  expect(on.client.questions).toEqual([]);
});

const access = (write: string) => ({ permissions: { network: { enabled: true }, file_system: { write: [write] } } });
const permissive = 'sandbox_mode = "workspace-write"\n[features]\nrequest_permissions_tool = true\n';

test("what the user grants holds for the turn, and no more than was asked for", async () => {
  await using on = await scene((request) => {
    const place = `${on.ws.root}/home`;
    const steps = [
      model.call("request_permissions", access(place)),
      model.exec(`touch ${place}/granted; touch ${on.ws.root}/other`),
      model.says("Done."),
      model.exec(`touch ${place}/later`),
      model.says("Done."),
    ];
    return steps[request.index] ?? model.says("?");
  }, permissive);
  const threadId = await on.start();
  const place = `${on.ws.root}/home`;
  on.client.answers(() => ({ permissions: { fileSystem: { read: null, write: [place, on.ws.root] } }, scope: "turn" }));
  await on.client.turn(threadId, "go");
  await on.client.turn(threadId, "more");

  expect(on.client.questions.map(({ method, params }) => ({ method, params }))).toMatchObject([
    {
      method: "item/permissions/requestApproval",
      params: {
        itemId: "call_1",
        environmentId: "local",
        cwd: on.ws.path,
        reason: null,
        permissions: {
          network: { enabled: true },
          fileSystem: {
            read: [],
            write: [place],
            entries: [{ path: { type: "path", path: place }, access: "write" }],
          },
        },
      },
    },
  ]);
  expect(JSON.parse(on.server.requests[1]?.lastOutput() ?? "")).toEqual({
    permissions: { network: null, file_system: { read: [], write: [place] } },
    scope: "turn",
  });
  const made = await Promise.all(
    ["home/granted", "other", "home/later"].map((file) => Bun.file(`${on.ws.root}/${file}`).exists()),
  );
  expect(made).toEqual([true, false, false]);
});

test("a grant for the session also holds in later turns, of a thread that may only read", async () => {
  await using on = await scene(
    (request) => {
      const place = `${on.ws.root}/home`;
      const steps = [
        model.call("request_permissions", access(place)),
        model.says("Thanks."),
        model.exec(`touch ${place}/later; touch ${on.ws.path}/not-here`),
        model.says("Done."),
      ];
      return steps[request.index] ?? model.says("?");
    },
    permissive.replace("workspace-write", "read-only"),
  );
  const threadId = await on.start();
  on.client.answers(({ params }) => ({
    permissions: "permissions" in params ? params.permissions : {},
    scope: "session",
  }));
  await on.client.turn(threadId, "go");
  await on.client.turn(threadId, "more");
  expect(await Bun.file(`${on.ws.root}/home/later`).exists()).toBe(true);
  expect(await on.ws.exists("not-here")).toBe(false);
});

test("where nobody may be asked nothing is granted, and the tool is offered only where it is switched on", async () => {
  await using on = await scene([model.call("request_permissions", access("/var")), model.says("Well.")], permissive);
  const threadId = await on.start({ approvalPolicy: "never" });
  await on.client.turn(threadId, "go");
  expect(on.client.questions).toEqual([]);
  expect(on.server.requests[1]?.lastOutput()).toBe(
    '{"permissions":{"network":null,"file_system":null},"scope":"turn"}',
  );

  await using off = await scene([model.says("Hi.")]);
  await off.client.turn(await off.start(), "go");
  expect(off.server.requests[0]?.tools()).not.toContain("request_permissions");
});
