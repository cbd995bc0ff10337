import { expect, test } from "bun:test";
import { model, workspace } from "@codex/scripted-model/testing";
import { readdir } from "node:fs/promises";
import { startServer } from "../support/in-process.ts";
import { masked } from "../support/masked.ts";

test("thread/start answers with the whole thread and what it runs with", async () => {
  await using ws = await workspace({ "AGENTS.md": "Be brief.\n" });
  await using server = await model.plays([]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();

  const started = await client.ask("thread/start", { sandbox: "workspace-write", approvalPolicy: "never" });

  const commit = (await ws.git("rev-parse", "HEAD")).trim();
  const thread = {
    id: "<id 1>",
    sessionId: "<id 1>",
    forkedFromId: null,
    attachedToThreadId: null,
    parentThreadId: null,
    preview: "",
    ephemeral: false,
    section: null,
    sectionEnteredAt: null,
    projectId: null,
    historyMode: "paginated",
    modelProvider: "mock",
    model: "gpt-5.5",
    reasoningEffort: started.reasoningEffort,
    createdAt: 0,
    updatedAt: 0,
    recencyAt: 0,
    status: { type: "idle" },
    path: "<root>/codex-home/sessions/<time>-<id 1>.jsonl",
    cwd: "<root>/project",
    cliVersion: "0.169.0",
    originator: "test",
    source: "vscode",
    canAcceptDirectInput: true,
    threadSource: null,
    agentNickname: null,
    agentRole: null,
    gitInfo: { sha: commit, branch: "main", originUrl: null },
    name: null,
    daybreakEnabled: null,
    environments: [{ environmentId: "local", cwd: "<root>/project", runtimeWorkspaceRoots: ["<root>/project"] }],
    extra: null,
    turns: [],
  };
  expect(masked(started, ws.root)).toEqual({
    thread,
    model: "gpt-5.5",
    modelProvider: "mock",
    serviceTier: null,
    disabledPluginIds: [],
    cwd: "<root>/project",
    runtimeWorkspaceRoots: ["<root>/project"],
    instructionSources: ["<root>/project/AGENTS.md"],
    approvalPolicy: "never",
    approvalsReviewer: "user",
    sandbox: {
      type: "workspaceWrite",
      writableRoots: [],
      networkAccess: false,
      excludeTmpdirEnvVar: false,
      excludeSlashTmp: false,
    },
    activePermissionProfile: null,
    reasoningEffort: started.reasoningEffort,
    multiAgentMode: "explicitRequestOnly",
  });
  await client.until("thread/started");
  expect(masked(client.heard, ws.root)).toEqual([{ method: "thread/started", params: { thread } }]);
});

test("a thread reads the same while it is loaded, when it is stored, and after it is resumed", async () => {
  await using ws = await workspace();
  await using server = await model.plays([
    [model.thinks("Hm"), model.exec("echo hi")],
    model.says("One."),
    model.says("Two."),
    model.says("Three."),
  ]);
  await using first = await startServer({ server, ws });
  const client = await first.connect();
  const { thread } = await client.ask("thread/start", {});
  const threadId = thread.id;
  await client.turn(threadId, "go");
  await client.turn(threadId, "on");

  const loaded = (await client.ask("thread/read", { threadId, includeTurns: true })).thread;
  expect(
    loaded.turns.map(({ status, itemsView, items }) => [status, itemsView, items.map(({ type }) => type)]),
  ).toEqual([
    ["completed", "full", ["userMessage", "reasoning", "commandExecution", "agentMessage"]],
    ["completed", "full", ["userMessage", "agentMessage"]],
  ]);
  expect((await client.ask("thread/read", { threadId })).thread).toEqual({ ...loaded, turns: [] });
  await first.close();

  await using second = await startServer({ server, ws });
  const later = await second.connect();
  const stored = (await later.ask("thread/read", { threadId, includeTurns: true })).thread;
  expect(stored).toEqual({
    ...loaded,
    status: { type: "notLoaded" },
    canAcceptDirectInput: null,
    environments: null,
    recencyAt: expect.any(Number),
    updatedAt: expect.any(Number),
    reasoningEffort: stored.reasoningEffort,
  });
  const resumed = await later.ask("thread/resume", { threadId });
  expect(resumed.thread.turns).toEqual(loaded.turns);
  expect(resumed.thread).toMatchObject({ id: threadId, status: { type: "idle" }, preview: "go" });
  const again = await later.ask("thread/resume", { threadId, excludeTurns: true });
  expect(again.thread).toEqual({ ...resumed.thread, turns: [] });

  await later.turn(threadId, "more");
  const all = (await later.ask("thread/read", { threadId, includeTurns: true })).thread.turns;
  expect(all.slice(0, 2)).toEqual(loaded.turns);
  expect(all[2]?.items.at(-1)).toMatchObject({ text: "Three." });
});

test.each([false, true])("a turn that runs is read with what there is of it (ephemeral: %p)", async (ephemeral) => {
  await using ws = await workspace();
  const hold = model.gate();
  await using server = await model.plays([[model.says("So far."), model.waits(hold), model.says("Done.")]]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", { ephemeral });
  const turns = async () => (await client.ask("thread/read", { threadId: thread.id, includeTurns: true })).thread.turns;

  const turn = client.turn(thread.id, "go");
  await client.until("item/completed", ({ item }) => item.type === "agentMessage");
  expect(await turns()).toMatchObject([
    { status: "inProgress", itemsView: "full", items: [{ type: "userMessage" }, { text: "So far." }] },
  ]);
  hold.open();
  await turn;
  expect(await turns()).toMatchObject([{ status: "completed", items: [{}, {}, { text: "Done." }] }]);
});

test("a resumed thread tells the model exactly what it was told before, and goes on counting", async () => {
  await using ws = await workspace();
  await using server = await model.plays([
    [model.thinks("Hm", { encrypted: "secret" }), model.exec("echo hi")],
    [model.says("One."), model.item({ type: "novelty", id: "nov_1", payload: { a: [1] } })],
    model.says("Two."),
    model.says("Three."),
  ]);
  await using first = await startServer({ server, ws });
  const client = await first.connect();
  const { thread } = await client.ask("thread/start", { baseInstructions: "Begin with this." });
  await client.turn(thread.id, "go");
  const before = server.requests[1]?.input() ?? [];
  await first.close();

  await using second = await startServer({ server, ws });
  const later = await second.connect();
  await later.ask("thread/resume", { threadId: thread.id, cwd: ws.root, model: "gpt-5.6-sol" });
  await later.turn(thread.id, "on");

  const request = server.requests[2];
  expect(request?.input().slice(0, before.length)).toEqual(before);
  expect(request?.inputKinds().slice(before.length, before.length + 2)).toEqual(["assistant", "novelty"]);
  expect(request?.input()).toContainEqual({ type: "novelty", id: "nov_1", payload: { a: [1] } });
  expect(request?.input()).toContainEqual(expect.objectContaining({ type: "reasoning", encrypted_content: "secret" }));
  expect(request?.body).toMatchObject({ model: "gpt-5.6-sol", prompt_cache_key: thread.id });
  expect(later.all("warning")).toEqual([
    {
      threadId: thread.id,
      message: expect.stringContaining("recorded with model `gpt-5.5` but is resuming with `gpt-5.6-sol`"),
    },
  ]);
  const total = later.all("thread/tokenUsage/updated").at(-1)?.tokenUsage.total.totalTokens;
  expect(total).toBe((client.all("thread/tokenUsage/updated").at(-1)?.tokenUsage.total.totalTokens ?? 0) * 1.5);

  await later.turn(thread.id, "once more");
  expect(later.all("warning")).toHaveLength(1);
});

test("a fork begins where the other thread stands, and neither hears of the other", async () => {
  await using ws = await workspace();
  await using server = await model.plays([model.says("One."), model.says("Two."), model.says("Three.")]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", {});
  await client.turn(thread.id, "go");

  const fork = (await client.ask("thread/fork", { threadId: thread.id })).thread;
  expect(fork).toMatchObject({ forkedFromId: thread.id, preview: "go", turns: [{ items: [{}, { text: "One." }] }] });
  expect(fork.id).not.toBe(thread.id);
  expect(fork.path).not.toBe(thread.path);
  await client.until("thread/started", (params) => params.thread.id === fork.id);
  await client.turn(fork.id, "aside");
  await client.turn(thread.id, "on");

  expect(server.requests.map(({ body }) => body["prompt_cache_key"])).toEqual([thread.id, fork.id, thread.id]);
  expect(server.requests[1]?.texts("user").slice(-2)).toEqual(["go", "aside"]);
  expect(server.requests[2]?.texts("user").slice(-2)).toEqual(["go", "on"]);
  const texts = async (threadId: string) =>
    (await client.ask("thread/read", { threadId, includeTurns: true })).thread.turns.flatMap(({ items }) =>
      items.flatMap((item) => (item.type === "agentMessage" ? [item.text] : [])),
    );
  expect(await texts(fork.id)).toEqual(["One.", "Two."]);
  expect(await texts(thread.id)).toEqual(["One.", "Three."]);
});

test("threads are listed newest first, by folder, words and pages, with their names", async () => {
  await using ws = await workspace({ "sub/x": "" });
  await using server = await model.plays(() => model.says("Yes."));
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const ids: string[] = [];
  for (const [text, cwd] of [
    ["alpha", "."],
    ["beta", "sub"],
    ["gamma", "."],
  ] as const) {
    const { thread } = await client.ask("thread/start", { cwd });
    ids.push(thread.id);
    await client.turn(thread.id, text);
  }
  const [alpha = "", beta = "", gamma = ""] = ids;
  await client.ask("thread/start", {});
  const list = async (params: object) => {
    const page = await client.ask("thread/list", params);
    return { ids: page.data.map(({ id }) => id), next: page.nextCursor };
  };

  expect(await list({})).toEqual({ ids: [gamma, beta, alpha], next: null });
  const page = await list({ limit: 2 });
  expect(page).toEqual({ ids: [gamma, beta], next: expect.stringContaining(`Z|${beta}`) });
  expect(await list({ limit: 2, cursor: page.next })).toEqual({ ids: [alpha], next: null });
  expect(await client.refused("thread/list", { cursor: "nowhere" })).toMatchObject({ code: "unknownCursor" });
  expect(await list({ cwd: `${ws.path}/sub` })).toEqual({ ids: [beta], next: null });
  expect(await list({ searchTerm: "ALPH" })).toEqual({ ids: [alpha], next: null });
  expect(await list({ archived: true })).toEqual({ ids: [], next: null });

  await client.ask("thread/name/set", { threadId: alpha, name: "first steps" });
  expect(client.all("thread/name/updated")).toEqual([{ threadId: alpha, threadName: "first steps" }]);
  expect((await client.ask("thread/read", { threadId: alpha })).thread.name).toBe("first steps");
  const named = (await client.ask("thread/list", { searchTerm: "first steps" })).data;
  expect(named).toMatchObject([{ id: alpha, name: "first steps", status: { type: "idle" } }]);
  expect(await client.refused("thread/name/set", { threadId: alpha, name: " " })).toMatchObject({
    message: "thread name must not be empty",
  });
});

test("an ephemeral thread leaves nothing on disk", async () => {
  await using ws = await workspace();
  await using server = await model.plays([model.says("Hi."), model.says("Again.")]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", { ephemeral: true });
  expect(thread).toMatchObject({ ephemeral: true, path: null });
  await client.turn(thread.id, "go");
  await client.turn(thread.id, "on");

  expect(server.requests[1]?.texts("assistant")).toEqual(["Hi."]);
  expect(await client.refused("thread/name/set", { threadId: thread.id, name: "x" })).toMatchObject({
    message: `ephemeral thread does not support metadata updates: ${thread.id}`,
  });
  expect((await client.ask("thread/list", {})).data).toEqual([]);
  const files = (await readdir(ws.codexHome, { recursive: true })).filter((name) => name.includes(thread.id));
  expect(files).toEqual([]);
});

test("two threads run side by side, and a client hears only of its own", async () => {
  await using ws = await workspace();
  const hold = model.gate();
  await using server = await model.plays((request) => {
    const text = request.texts("user").at(-1) ?? "";
    return text === "slow" ? [model.waits(hold), model.says("slow one")] : model.says("quick one");
  });
  await using codex = await startServer({ server, ws });
  const [one, two] = [await codex.connect(), await codex.connect()];
  const slow = (await one.ask("thread/start", {})).thread.id;
  const quick = (await two.ask("thread/start", {})).thread.id;

  const slowTurn = one.turn(slow, "slow");
  await server.arrival(0);
  expect((await two.turn(quick, "quick")).items).toMatchObject([{ text: "quick one" }]);
  expect(one.all("turn/completed")).toEqual([]);
  hold.open();
  expect((await slowTurn).items).toMatchObject([{ text: "slow one" }]);
  expect(new Set(one.all("turn/started").map(({ threadId }) => threadId))).toEqual(new Set([slow]));
  expect(new Set(two.all("item/completed").map(({ threadId }) => threadId))).toEqual(new Set([quick]));
});

test("two clients that resume a thread at once get the same one", async () => {
  await using ws = await workspace();
  await using server = await model.plays([model.says("One."), model.says("Two.")]);
  await using first = await startServer({ server, ws });
  const client = await first.connect();
  const { thread } = await client.ask("thread/start", {});
  await client.turn(thread.id, "go");
  await first.close();

  await using second = await startServer({ server, ws });
  const [one, two] = [await second.connect(), await second.connect()];
  const both = await Promise.all([one, two].map((each) => each.ask("thread/resume", { threadId: thread.id })));
  expect(both[0]).toEqual(both[1]);
  await one.turn(thread.id, "on");
  expect(two.all("turn/completed")).toHaveLength(1);
});

test("closing the engine ends the turn and every command it began", async () => {
  await using ws = await workspace();
  await using server = await model.plays([model.exec("echo $$ > pid; sleep 60")]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", {});
  await client.ask("turn/start", { threadId: thread.id, input: [{ type: "text", text: "go" }] });
  await client.until("item/started", ({ item }) => item.type === "commandExecution");
  while (!(await ws.exists("pid"))) await Bun.sleep(10);
  const pid = Number(await ws.read("pid"));

  await codex.close();

  expect(client.all("turn/completed")).toMatchObject([{ turn: { status: "interrupted" } }]);
  expect(() => process.kill(pid, 0)).toThrow("ESRCH");
});
