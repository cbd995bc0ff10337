import { expect, test } from "bun:test";
import type { Params } from "@codex/protocol/methods";
import { model, workspace } from "@codex/scripted-model/testing";
import { readdir } from "node:fs/promises";
import { startServer, type TestClient } from "../support/in-process.ts";

/** A thread in which these things were said, with the ids of its turns. */
async function threadWith(client: TestClient, said: readonly string[], params = {}) {
  const { thread } = await client.ask("thread/start", params);
  const turns: string[] = [];
  for (const text of said) turns.push((await client.turn(thread.id, text)).id);
  return { id: thread.id, turns };
}

const yes = () => model.plays(() => model.says("Yes."));

const rollouts = async (home: string) =>
  (await readdir(home, { recursive: true })).filter((name) => name.includes("rollout-")).sort();

test("turns are read in pages, in both directions, with as much of them as is asked for", async () => {
  await using ws = await workspace();
  await using server = await model.plays((request) => [
    ...(request.texts("user").at(-1) === "two" ? [model.thinks("Hm")] : []),
    model.says("Yes."),
  ]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { id: threadId, turns } = await threadWith(client, ["one", "two", "three"]);
  const [one = "", two = "", three = ""] = turns;
  const list = (params = {}) => client.ask("thread/turns/list", { threadId, ...params });
  const ids = (page: { data: { id: string }[] }) => page.data.map(({ id }) => id);

  const all = await list();
  expect(ids(all)).toEqual([three, two, one]);
  expect(all.nextCursor).toBeNull();
  expect(all.data[1]).toMatchObject({ itemsView: "summary", items: [{ type: "userMessage" }, { text: "Yes." }] });
  const full = await list({ itemsView: "full" });
  expect(full.data[1]?.items.map(({ type }) => type)).toEqual(["userMessage", "reasoning", "agentMessage"]);
  expect((await list({ itemsView: "notLoaded" })).data[1]).toMatchObject({ itemsView: "notLoaded", items: [] });

  const first = await list({ limit: 1 });
  const second = await list({ limit: 1, cursor: first.nextCursor });
  const third = await list({ limit: 5, cursor: second.nextCursor });
  expect([first, second, third].map(ids)).toEqual([[three], [two], [one]]);
  expect(third.nextCursor).toBeNull();
  expect(ids(await list({ cursor: second.backwardsCursor, sortDirection: "asc" }))).toEqual([two, three]);
  expect(ids(await list({ sortDirection: "asc", limit: 0 }))).toEqual([one]);
  const other = await threadWith(client, ["else"]);
  for (const [id, cursor] of [
    [threadId, "nope"],
    [other.id, first.nextCursor],
  ]) {
    expect(await client.refused("thread/turns/list", { threadId: id, cursor })).toMatchObject({
      message: `invalid cursor: ${cursor}`,
    });
  }
});

test("items are read in pages, of the thread or of one turn, and from an item on", async () => {
  await using ws = await workspace();
  await using server = await yes();
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { id: threadId, turns } = await threadWith(client, ["one", "two"]);
  const list = (params: Partial<Params<"thread/items/list">> = {}) =>
    client.ask("thread/items/list", { threadId, ...params });
  const said = (page: Awaited<ReturnType<typeof list>>) =>
    page.data.map(({ item }) =>
      item.type === "agentMessage" ? item.text : item.type === "userMessage" ? item.content[0] : item.type,
    );
  const text = (words: string) => ({ type: "text" as const, text: words, text_elements: [] });

  const page = await list({ limit: 3 });
  expect(said(page)).toEqual([text("one"), "Yes.", text("two")]);
  expect(said(await list({ cursor: page.nextCursor }))).toEqual(["Yes."]);
  expect(said(await list({ sortDirection: "desc", limit: 1 }))).toEqual(["Yes."]);
  expect(said(await list({ cursor: page.backwardsCursor, sortDirection: "desc" }))).toEqual([text("one")]);
  const ofTurn = await list({ turnId: turns[1] });
  expect(ofTurn.data).toMatchObject([{ turnId: turns[1] }, { turnId: turns[1] }]);
  expect(ofTurn.data[0]).toMatchObject({ startedAtMs: expect.any(Number), completedAtMs: expect.any(Number) });
  const cursor = { type: "item" as const, itemId: ofTurn.data[0]?.item.id ?? "" };
  expect(said(await list({ turnId: turns[1], cursor }))).toEqual(["Yes."]);
  expect(await client.refused("thread/items/list", { threadId, cursor })).toMatchObject({ code: "refusedParams" });
  expect((await list({ turnId: "nope" })).data).toEqual([]);
});

test("a thread without a turn has an empty history, loaded or not listed", async () => {
  await using ws = await workspace();
  await using server = await yes();
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", {});
  const { id: threadId } = thread;
  expect((await client.ask("thread/read", { threadId, includeTurns: true })).thread.turns).toEqual([]);
  expect(await client.ask("thread/resume", { threadId })).toMatchObject({
    thread: { turns: [] },
    turnsBackwardsCursor: null,
    itemsBackwardsCursor: null,
  });
  const empty = { data: [], nextCursor: null, backwardsCursor: null };
  expect(await client.ask("thread/turns/list", { threadId })).toEqual(empty);
  expect(await client.ask("thread/items/list", { threadId })).toEqual(empty);
  expect((await client.ask("thread/list", {})).data).toEqual([]);
  expect(client.heard.filter(({ method }) => method === "deprecationNotice")).toEqual([]);
});

test("a resumed thread tells where it stands, and runs with what it ran with", async () => {
  await using ws = await workspace();
  await using server = await yes();
  await using first = await startServer({ server, ws, config: 'approval_policy = "on-request"\n' });
  const client = await first.connect();
  const started = { model: "gpt-5.4", approvalPolicy: "never", serviceTier: "flex", approvalsReviewer: "auto_review" };
  const { id: threadId, turns } = await threadWith(client, ["one", "two"], started);
  await client.turn(threadId, "three", { effort: "high", sandboxPolicy: { type: "readOnly", networkAccess: false } });
  await first.close();

  await using second = await startServer({ server, ws, config: 'model = "gpt-5.5"\nmodel_reasoning_effort = "low"\n' });
  const later = await second.connect();
  const resumed = await later.ask("thread/resume", {
    threadId,
    excludeTurns: true,
    initialTurnsPage: { limit: 1, itemsView: "notLoaded" },
  });
  expect(resumed).toMatchObject({
    ...started,
    sandbox: { type: "readOnly" },
    reasoningEffort: "high",
    collaborationMode: { mode: "default", settings: { model: "gpt-5.4", reasoning_effort: "high" } },
    initialTurnsPage: { data: [{ itemsView: "notLoaded" }] },
  });
  const backwards = { threadId, sortDirection: "desc" as const };
  const page = await later.ask("thread/turns/list", { ...backwards, cursor: resumed.turnsBackwardsCursor });
  expect(page.data.map(({ id }) => id).slice(1)).toEqual(turns.toReversed());
  const items = await later.ask("thread/items/list", { ...backwards, cursor: resumed.itemsBackwardsCursor, limit: 1 });
  expect(items.data[0]?.item).toMatchObject({ type: "agentMessage" });
  expect(later.all("thread/tokenUsage/updated")).toMatchObject([
    { threadId, turnId: page.data[0]?.id, tokenUsage: { total: { totalTokens: 360 }, last: { totalTokens: 120 } } },
  ]);
  expect(later.all("thread/goal/cleared")).toEqual([{ threadId }]);

  const fork = await later.ask("thread/fork", { threadId, excludeTurns: true });
  expect(fork).toMatchObject({
    model: "gpt-5.5",
    reasoningEffort: "low",
    approvalPolicy: "never",
    approvalsReviewer: "auto_review",
    sandbox: { type: "readOnly" },
  });
  await later.ask("thread/archive", { threadId: fork.thread.id });
  await second.close();

  await using third = await startServer({ server, ws });
  const last = await third.connect();
  const chosen = { model: "gpt-5.5", approvalPolicy: "on-request", sandbox: "workspace-write" } as const;
  expect(await last.ask("thread/resume", { threadId, excludeTurns: true, ...chosen })).toMatchObject({
    model: "gpt-5.5",
    approvalPolicy: "on-request",
    sandbox: { type: "workspaceWrite" },
  });
});

test("leave to write that a thread once had holds only where the config still gives it", async () => {
  await using ws = await workspace();
  await using server = await yes();
  const sandboxWith = async (threadId: string, config: string) => {
    await using codex = await startServer({ server, ws, config });
    const client = await codex.connect();
    return (await client.ask("thread/resume", { threadId, excludeTurns: true })).sandbox.type;
  };
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { id } = await threadWith(client, ["one"], { sandbox: "workspace-write" });
  await codex.close();
  expect(await sandboxWith(id, 'sandbox_mode = "workspace-write"\n')).toBe("workspaceWrite");
  expect(await sandboxWith(id, 'sandbox_mode = "read-only"\n')).toBe("readOnly");
  expect(await sandboxWith(id, 'sandbox_mode = "danger-full-access"\n')).toBe("readOnly");
});

test("a thread that goes back to before a turn has lost it for good, and its older file stays", async () => {
  await using ws = await workspace();
  await using server = await yes();
  await using first = await startServer({ server, ws });
  const client = await first.connect();
  const { id: threadId, turns } = await threadWith(client, ["one", "two", "three"]);
  expect(await client.refused("thread/revert", { threadId, beforeTurnId: "nope" })).toMatchObject({
    message: "turn not found: nope",
  });
  const reverted = await client.ask("thread/revert", { threadId, beforeTurnId: turns[1] ?? "" });
  expect(reverted).toMatchObject({ thread: { id: threadId, preview: "one", status: { type: "idle" } } });
  await client.until("thread/reverted");
  await client.turn(threadId, "four");
  expect(
    server.requests
      .at(-1)
      ?.texts("user")
      .filter((text) => !text.startsWith("<")),
  ).toEqual(["one", "four"]);
  const [, further = ""] = await rollouts(ws.codexHome);
  const fork = await client.ask("thread/fork", { threadId });
  expect(fork.thread.turns.map(({ items }) => items.length)).toEqual([2, 2]);
  const [line = ""] = (await Bun.file(fork.thread.path ?? "").text()).split("\n");
  // A further file is called by its own id, which is how the original finds it.
  expect(further).toContain(`${threadId}_${JSON.parse(line).payload.history_base.thread_id}.jsonl`);
  await client.ask("thread/revert", { threadId, beforeTurnId: turns[0] ?? "" });
  await client.ask("thread/archive", { threadId: fork.thread.id });
  expect((await client.ask("thread/turns/list", { threadId })).data).toEqual([]);
  await client.turn(threadId, "five");
  await first.close();

  await using second = await startServer({ server, ws });
  const later = await second.connect();
  const read = await later.ask("thread/read", { threadId, includeTurns: true });
  expect(read.thread.turns).toMatchObject([{ items: [{ content: [{ text: "five" }] }, { text: "Yes." }] }]);
  expect((await later.ask("thread/list", {})).data.map(({ id }) => id)).toEqual([threadId]);
  await later.turn(threadId, "six");
  expect(
    server.requests
      .at(-1)
      ?.texts("user")
      .filter((text) => !text.startsWith("<")),
  ).toEqual(["five", "six"]);
});

test("a fork may take a part of its parent, and a running turn is no end of it", async () => {
  await using ws = await workspace();
  const hold = model.gate();
  await using server = await model.plays((request) =>
    request.texts("user").at(-1) === "slow" ? [model.waits(hold), model.says("Slow.")] : model.says("Yes."),
  );
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { id: threadId, turns } = await threadWith(client, ["one", "two", "three"]);
  await client.ask("thread/name/set", { threadId, name: " mine " });
  expect(client.all("thread/name/updated")).toEqual([{ threadId, threadName: "mine" }]);
  const fork = async (params: object) => (await client.ask("thread/fork", { threadId, ...params })).thread;
  const [through, before] = [await fork({ lastTurnId: turns[1] }), await fork({ beforeTurnId: turns[1] })];
  expect(through.turns.map(({ id }) => id)).toEqual(turns.slice(0, 2));
  expect(before).toMatchObject({ forkedFromId: threadId, name: "mine", preview: "one", turns: [{ id: turns[0] }] });
  await client.turn(before.id, "aside");
  expect(
    server.requests
      .at(-1)
      ?.texts("user")
      .filter((text) => !text.startsWith("<")),
  ).toEqual(["one", "aside"]);
  const both = { threadId, lastTurnId: turns[0], beforeTurnId: turns[1] };
  expect(await client.refused("thread/fork", both)).toMatchObject({ code: "refusedParams" });
  expect(await client.refused("thread/fork", { threadId, lastTurnId: "nope" })).toMatchObject({ code: "turnNotFound" });

  const { turn } = await client.ask("turn/start", { threadId, input: [{ type: "text", text: "slow" }] });
  await client.until("item/completed", ({ turnId }) => turnId === turn.id);
  expect(await client.refused("thread/fork", { threadId, lastTurnId: turn.id })).toMatchObject({
    message: `lastTurnId '${turn.id}' identifies an in-progress turn`,
  });
  expect((await fork({ beforeTurnId: turn.id })).turns.map(({ id }) => id)).toEqual(turns);
  hold.open();
  await client.until("turn/completed", (params) => params.turn.id === turn.id);
});

test("a thread is archived with all its files, comes back, and is deleted when nothing refers to it", async () => {
  await using ws = await workspace();
  await using server = await yes();
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const other = await codex.connect();
  const { id: threadId, turns } = await threadWith(client, ["one", "two"]);
  await client.ask("thread/revert", { threadId, beforeTurnId: turns[1] ?? "" });
  await client.ask("thread/name/set", { threadId, name: "mine" });
  const before = await rollouts(ws.codexHome);

  await client.ask("thread/archive", { threadId });
  expect(other.all("thread/archived")).toEqual([{ threadId }]);
  expect((await rollouts(ws.codexHome)).every((name) => name.startsWith("archived_sessions/"))).toBe(true);
  expect((await client.ask("thread/list", {})).data).toEqual([]);
  expect((await client.ask("thread/list", { archived: true })).data).toMatchObject([{ id: threadId, name: "mine" }]);
  expect((await client.ask("thread/turns/list", { threadId })).data).toHaveLength(1);
  const input = [{ type: "text", text: "on" }];
  for (const [method, params] of [
    ["thread/resume", { threadId }],
    ["turn/start", { threadId, input }],
  ] as const) {
    expect((await client.refused(method, params)).message).toBe(
      `session ${threadId} is archived. Run \`codex unarchive ${threadId}\` to unarchive it first.`,
    );
  }
  expect(await client.refused("thread/archive", { threadId })).toMatchObject({ code: "threadNotFound" });
  expect((await client.ask("thread/unarchive", { threadId })).thread).toMatchObject({ id: threadId, name: "mine" });
  expect(other.all("thread/unarchived")).toEqual([{ threadId }]);
  expect(await rollouts(ws.codexHome)).toEqual(before);
  expect(await client.refused("thread/unarchive", { threadId })).toMatchObject({ code: "notArchived" });

  const fork = (await client.ask("thread/fork", { threadId, excludeTurns: true })).thread.id;
  expect((await client.refused("thread/delete", { threadId })).message).toBe(
    `cannot delete thread ${threadId}: forked history still references it`,
  );
  await client.ask("thread/delete", { threadId: fork });
  await client.ask("thread/delete", { threadId });
  expect(other.all("thread/deleted")).toEqual([{ threadId: fork }, { threadId }]);
  expect(await rollouts(ws.codexHome)).toEqual([]);
  expect(await Bun.file(`${ws.codexHome}/session_index.jsonl`).text()).toBe("");
  expect(await client.refused("thread/delete", { threadId })).toMatchObject({ code: "threadNotFound" });
});

test("putting a thread away interrupts the turn that runs in it", async () => {
  await using ws = await workspace();
  await using server = await model.plays([model.waits(model.gate())]);
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { thread } = await client.ask("thread/start", {});
  const input = [{ type: "text" as const, text: "go" }];
  const { turn } = await client.ask("turn/start", { threadId: thread.id, input });
  await server.arrival(0);
  await client.ask("thread/archive", { threadId: thread.id });
  expect(client.all("turn/completed")).toMatchObject([{ turn: { id: turn.id, status: "interrupted" } }]);
  const turns = (await client.ask("thread/turns/list", { threadId: thread.id })).data;
  expect(turns).toMatchObject([{ id: turn.id, status: "interrupted" }]);
  expect((await client.ask("thread/loaded/list", {})).data).toEqual([]);
});

test("what a client notes of a thread outlives the server", async () => {
  await using ws = await workspace();
  await using server = await yes();
  await using first = await startServer({ server, ws });
  const client = await first.connect();
  const { id: threadId } = await threadWith(client, ["one"]);
  const noted = await client.ask("thread/metadata/update", { threadId, gitInfo: { branch: "topic", sha: null } });
  expect(noted.thread.gitInfo).toEqual({ sha: null, branch: "topic", originUrl: null });
  await client.ask("thread/metadata/update", { threadId, daybreakEnabled: true });
  for (const [params, message] of [
    [{}, "thread metadata update must include at least one field"],
    [{ gitInfo: {} }, "gitInfo must include at least one field"],
    [{ gitInfo: { branch: " " } }, "gitInfo.branch must not be empty"],
  ] as const) {
    expect(await client.refused("thread/metadata/update", { threadId, ...params })).toMatchObject({ message });
  }
  await first.close();

  await using second = await startServer({ server, ws });
  const later = await second.connect();
  const expected = { gitInfo: { sha: null, branch: "topic", originUrl: null }, daybreakEnabled: true };
  expect((await later.ask("thread/read", { threadId })).thread).toMatchObject(expected);
  expect((await later.ask("thread/list", {})).data[0]).toMatchObject(expected);
  expect((await later.ask("thread/resume", { threadId })).thread).toMatchObject(expected);
});

test("a turn in a thread that is stored only loads it", async () => {
  await using ws = await workspace();
  await using server = await yes();
  await using first = await startServer({ server, ws });
  const { id: threadId } = await threadWith(await first.connect(), ["one"]);
  await first.close();

  await using second = await startServer({ server, ws });
  const client = await second.connect();
  expect(await client.turn(threadId, "two")).toMatchObject({ status: "completed" });
  expect(
    server.requests
      .at(-1)
      ?.texts("user")
      .filter((text) => !text.startsWith("<")),
  ).toEqual(["one", "two"]);
  expect((await client.ask("thread/loaded/list", {})).data).toEqual([threadId]);
});

test("a thread that nobody hears of is closed after a while, and not before its turn has ended", async () => {
  await using ws = await workspace();
  const hold = model.gate();
  await using server = await model.plays([[model.waits(hold), model.says("Done.")]]);
  await using codex = await startServer({ server, ws, config: "thread_unload_delay_secs = 0\n" });
  const [client, watcher] = [await codex.connect(), await codex.connect()];
  const { thread } = await client.ask("thread/start", {});
  const { id: threadId } = thread;
  const input = [{ type: "text" as const, text: "go" }];
  await client.ask("turn/start", { threadId, input });
  await server.arrival(0);
  expect(await client.ask("thread/unsubscribe", { threadId })).toEqual({ status: "unsubscribed" });
  expect(await client.ask("thread/unsubscribe", { threadId })).toEqual({ status: "notSubscribed" });
  expect((await client.ask("thread/loaded/list", {})).data).toEqual([threadId]);
  hold.open();
  await watcher.until("thread/closed", (params) => params.threadId === threadId);
  expect(watcher.all("thread/status/changed").at(-1)).toEqual({ threadId, status: { type: "notLoaded" } });
  expect(await client.ask("thread/unsubscribe", { threadId })).toEqual({ status: "notLoaded" });
  expect((await client.ask("thread/loaded/list", {})).data).toEqual([]);
  expect((await client.ask("thread/turns/list", { threadId })).data).toMatchObject([{ status: "completed" }]);

  await client.ask("thread/resume", { threadId });
  client.leave();
  await watcher.until("thread/closed", () => watcher.all("thread/closed").length === 2);
});

test("loaded threads are told in pages, in the order of their ids", async () => {
  await using ws = await workspace();
  await using server = await yes();
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const ids: string[] = [];
  for (let i = 0; i < 3; i++) ids.push((await client.ask("thread/start", {})).thread.id);
  const first = await client.ask("thread/loaded/list", { limit: 2 });
  expect(first).toEqual({ data: ids.slice(0, 2), nextCursor: ids[1] ?? null });
  expect(await client.ask("thread/loaded/list", { cursor: first.nextCursor })).toEqual({
    data: ids.slice(2),
    nextCursor: null,
  });
  expect(await client.refused("thread/loaded/list", { cursor: "x" })).toMatchObject({ message: "invalid cursor: x" });
});

test("the list is sorted as asked, goes on from a cursor in both directions, and filters", async () => {
  await using ws = await workspace({ "sub/x": "" });
  await using server = await yes();
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { id: a } = await threadWith(client, ["alpha"]);
  const { id: b } = await threadWith(client, ["beta"], { cwd: "sub" });
  const { id: c } = await threadWith(client, ["gamma"]);
  await Bun.sleep(2);
  await client.turn(a, "again");
  const list = async (params: object) => {
    const page = await client.ask("thread/list", params);
    return { ids: page.data.map(({ id }) => id), next: page.nextCursor, back: page.backwardsCursor };
  };
  const ids = async (params: object) => (await list(params)).ids;

  for (const [sortKey, order] of [
    ["created_at", [c, b, a]],
    ["updated_at", [a, c, b]],
    ["recency_at", [a, c, b]],
  ] as const) {
    expect(await ids({ sortKey })).toEqual([...order]);
    expect(await ids({ sortKey, sortDirection: "asc" })).toEqual(order.toReversed());
    const first = await list({ sortKey, limit: 2 });
    expect(first.ids).toEqual(order.slice(0, 2));
    const rest = await list({ sortKey, cursor: first.next });
    expect(rest).toMatchObject({ ids: order.slice(2), next: null });
    expect(await ids({ sortKey, sortDirection: "asc", cursor: rest.back })).toEqual(order.toReversed());
  }
  expect(await ids({ cwd: "sub" })).toEqual([b]);
  expect(await ids({ cwd: [] })).toEqual([]);
  expect(await ids({ excludedThreadIds: [a, b] })).toEqual([c]);
  expect(await ids({ sourceKinds: ["exec"] })).toEqual([]);
  expect(await ids({ sourceKinds: ["vscode", "cli"], limit: 1 })).toEqual([c]);
  expect(await ids({ modelProviders: ["openai"] })).toEqual([]);
  expect(await ids({ parentThreadId: a })).toEqual([]);
  for (const [params, message] of [
    [{ originators: ["x"] }, "originator filtering is not supported by the local app-server"],
    [{ sortKey: "section_position" }, "section-position sorting requires a section filter"],
    [{ excludedThreadIds: ["nope"] }, "invalid excluded thread id: nope"],
    [{ projectId: "x" }, "project not found: x"],
  ] as const) {
    expect(await client.refused("thread/list", params)).toMatchObject({ message });
  }
});

test("a list shows the threads of the configured provider, unless it is asked for others", async () => {
  await using ws = await workspace();
  await using server = await yes();
  const config = `[model_providers.other]\nname = "o"\nbase_url = ${JSON.stringify(server.url)}\nenv_key = "MOCK_KEY"\n`;
  await using codex = await startServer({ server, ws, config });
  const client = await codex.connect();
  const { id } = await threadWith(client, ["one"], { modelProvider: "other" });
  expect((await client.ask("thread/list", {})).data).toEqual([]);
  expect((await client.ask("thread/list", { modelProviders: [] })).data).toMatchObject([
    { id, modelProvider: "other" },
  ]);
});

test("a working directory that is not there is refused, and a thread's own may be gone", async () => {
  await using ws = await workspace({ "sub/x": "" });
  await using server = await yes();
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  expect(await client.refused("thread/start", { cwd: "/no/such" })).toMatchObject({ code: "noSuchFolder" });
  const { id: threadId } = await threadWith(client, ["one"], { cwd: "sub" });
  await codex.close();
  await Bun.$`rm -r ${ws.path}/sub`;
  await using again = await startServer({ server, ws });
  const later = await again.connect();
  expect(await later.ask("thread/resume", { threadId })).toMatchObject({ cwd: `${ws.path}/sub` });
});

test("an ephemeral thread has no pages, and is neither put away nor deleted", async () => {
  await using ws = await workspace();
  await using server = await yes();
  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const { id: threadId } = await threadWith(client, ["one"], { ephemeral: true });
  for (const [method, params, message] of [
    ["thread/turns/list", {}, "ephemeral threads do not support thread/turns/list"],
    ["thread/items/list", {}, "ephemeral threads do not support thread/items/list"],
    ["thread/revert", { beforeTurnId: "x" }, "ephemeral threads do not support thread/revert"],
    ["thread/archive", {}, `no rollout found for thread id ${threadId}`],
    ["thread/delete", {}, `thread is not persisted and cannot be deleted: ${threadId}`],
    ["thread/fork", {}, `no rollout found for thread id ${threadId}`],
  ] as const) {
    expect(await client.refused(method, { threadId, ...params })).toMatchObject({ message });
  }
});

test("what is queued for a thread is said when it is loaded and at rest, one thing after the other", async () => {
  await using ws = await workspace();
  const hold = model.gate();
  await using server = await model.plays((request) =>
    request.texts("user").at(-1) === "first" ? [model.waits(hold), model.says("Yes.")] : model.says("Yes."),
  );
  await using before = await startServer({ server, ws });
  const { id: threadId } = await threadWith(await before.connect(), ["one"]);
  await before.close();

  await using codex = await startServer({ server, ws });
  const client = await codex.connect();
  const add = async (text: string) => {
    const params = { threadId, input: [{ type: "text" as const, text }], clientUserMessageId: `mine ${text}` };
    return (await client.ask("thread/queue/add", params)).queuedSubmission;
  };
  const queued = async () => (await client.ask("thread/queue/list", { threadId })).data;
  const items = [await add("first"), await add("second"), await add("third"), await add("fourth")];
  const [first, second, third, fourth] = items.map(({ id }) => id) as [string, string, string, string];
  expect(await queued()).toEqual(items);
  const page = await client.ask("thread/queue/list", { threadId, limit: 3 });
  expect(page.nextCursor).toBe(third);
  expect((await client.ask("thread/queue/list", { threadId, cursor: third })).data).toEqual(items.slice(3));
  await client.ask("thread/queue/reorder", { threadId, queuedSubmissionIds: [first, third, second, fourth] });
  const input = [{ type: "text" as const, text: "third, mended" }];
  await client.ask("thread/queue/update", { threadId, queuedSubmissionId: third, input });
  const gone = { threadId, queuedSubmissionId: fourth };
  expect(await client.ask("thread/queue/delete", gone)).toEqual({ deleted: true });
  expect(await client.ask("thread/queue/delete", gone)).toEqual({ deleted: false });
  expect(server.requests).toHaveLength(1);

  await client.ask("thread/resume", { threadId });
  await client.until("turn/started");
  expect((await queued()).map(({ id }) => id)).toEqual([third, second]);
  hold.open();
  await client.until("turn/completed", () => client.all("turn/completed").length === 3);
  expect(await queued()).toEqual([]);
  expect(
    server.requests
      .at(-1)
      ?.texts("user")
      .filter((text) => !text.startsWith("<")),
  ).toEqual(["one", "first", "third, mended", "second"]);
  expect(
    client.all("item/completed").flatMap(({ item }) => (item.type === "userMessage" ? item.clientId : [])),
  ).toEqual(["mine first", "mine third", "mine second"]);
  expect(await client.refused("thread/queue/start", { threadId })).toMatchObject({ code: "refusedParams" });
  await client.ask("thread/archive", { threadId });
  expect(await client.refused("thread/queue/list", { threadId })).toMatchObject({ code: "threadArchived" });
});
