import { describe, expect, test } from "bun:test";
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { dirname, join } from "node:path";
import { newId } from "@codex/platform/ids";
import type { RolloutRecord } from "./rollout-record.ts";
import { answered, newThread, said, temporaryHome, valueOf } from "./testing.ts";
import { openThreadStore, type ThreadStore } from "./thread-store.ts";

const turnId = "01a1fc2c-3b59-78f0-ac85-3b136d5b3b98";

const storeIn = (home: { path: string }, now = Date.parse("2026-11-21T12:00:00Z")): ThreadStore =>
  openThreadStore({ codexHome: home.path, clock: { now: () => now } });

const item = (text: string): RolloutRecord => ({ type: "responseItem", item: said(text) });

/** A thread with one prompt for each text, closed again. */
function storedThread(store: ThreadStore, texts: readonly string[], over: Parameters<typeof newThread>[0] = {}) {
  const thread = newThread(over);
  const log = valueOf(store.create(thread));
  for (const text of texts) valueOf(log.append(item(text)));
  log.close();
  return { id: thread.id, path: log.path };
}

const lines = (path: string): { ordinal?: number; type: string; payload: Record<string, unknown> }[] =>
  readFileSync(path, "utf8")
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("a thread's file", () => {
  test("is made with the first record, and tells the thread back", () => {
    using home = temporaryHome();
    const store = storeIn(home);
    const thread = newThread();
    const log = valueOf(store.create(thread));
    expect(existsSync(log.path)).toBe(false);

    const records: RolloutRecord[] = [
      { type: "turnStarted", turnId, startedAt: 10, contextWindow: 1000, trigger: "exec" },
      item("hello"),
      {
        type: "itemCompleted",
        turnId,
        item: {
          type: "userMessage",
          id: "u",
          clientId: null,
          content: [{ type: "text", text: "hello", text_elements: [] }],
        },
        startedAtMs: 1,
        completedAtMs: 2,
      },
      { type: "worldState", full: true, state: { model: "a", cwd: "/w" } },
      { type: "worldState", full: false, state: { model: "b" } },
      { type: "responseItem", item: answered("hi") },
      {
        type: "turnEnded",
        turnId,
        lastAgentMessage: "hi",
        error: null,
        startedAt: 10,
        completedAt: 12,
        durationMs: 2000,
        timeToFirstTokenMs: 1,
      },
    ];
    for (const record of records) valueOf(log.append(record));
    log.close();

    expect(lines(log.path).map((line) => line.ordinal)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    const read = valueOf(store.read(thread.id));
    expect(read).toMatchObject({
      baseInstructions: "Be brief.",
      history: [said("hello"), answered("hi")],
      openTurnId: undefined,
      worldState: { model: "b", cwd: "/w" },
      preview: "hello",
      end: { ordinal: 8, bytes: statSync(log.path).size },
      warnings: [],
    });
    expect(read.turns).toEqual([
      {
        id: turnId,
        rootTurnId: turnId,
        items: [
          {
            type: "userMessage",
            id: "u",
            clientId: null,
            content: [{ type: "text", text: "hello", text_elements: [] }],
            startedAtMs: 1,
            completedAtMs: 2,
          },
        ],
        itemsView: "full",
        status: "completed",
        error: null,
        startedAt: 10,
        completedAt: 12,
        durationMs: 2000,
      },
    ]);
  });

  test("is continued on resume, its numbers going on", () => {
    using home = temporaryHome();
    const store = storeIn(home);
    const { id, path } = storedThread(store, ["one"]);
    const { log, thread } = valueOf(store.resume(id));
    expect(thread.history).toEqual([said("one")]);
    valueOf(log.append(item("two")));
    log.close();
    expect(lines(path).map((line) => line.ordinal)).toEqual([0, 1, 2]);
    expect(valueOf(store.read(id)).history).toEqual([said("one"), said("two")]);
  });

  test.each([
    ["torn within a line", (path: string) => truncateSync(path, statSync(path).size - 5), ["one"], 1],
    ["without its last newline", (path: string) => truncateSync(path, statSync(path).size - 1), ["one", "two"], 0],
    ["with garbage in the middle", (path: string) => appendFileSync(path, "garbage{\n\n"), ["one", "two"], 1],
  ])("%s loses nothing that is whole", (_, damage, kept, warnings) => {
    using home = temporaryHome();
    const store = storeIn(home);
    const { id, path } = storedThread(store, ["one", "two"]);
    damage(path);
    const { log, thread } = valueOf(store.resume(id));
    expect(thread.warnings.length).toBe(warnings);
    valueOf(log.append(item("three")));
    log.close();
    const { history, end } = valueOf(store.read(id));
    expect(history).toEqual([...kept, "three"].map(said));
    expect(end.ordinal).toBe(kept.length + 2);
  });

  test("holds an image's bytes once", () => {
    using home = temporaryHome();
    const store = storeIn(home);
    const url = `data:image/png;base64,${"A".repeat(5000)}`;
    const thread = newThread();
    const log = valueOf(store.create(thread));
    valueOf(log.append({ type: "turnStarted", turnId, startedAt: 1, contextWindow: null, trigger: "exec" }));
    const message = { type: "message", role: "user", content: [{ type: "input_image", image_url: url }] } as const;
    valueOf(log.append({ type: "responseItem", item: { ...message, content: [...message.content] } }));
    const shown = { type: "userMessage" as const, id: "u", clientId: null, content: [{ type: "image" as const, url }] };
    valueOf(log.append({ type: "itemCompleted", turnId, item: shown, startedAtMs: 1, completedAtMs: 1 }));
    log.close();
    expect(readFileSync(log.path, "utf8").split("AAAA".repeat(100)).length - 1).toBeLessThan(13);
    expect(valueOf(store.read(thread.id)).turns[0]?.items[0]).toMatchObject(shown);
  });

  test("a refused write is an error, and the next one may succeed", () => {
    using home = temporaryHome();
    const store = storeIn(home);
    const log = valueOf(store.create(newThread()));
    // A folder where the file should be: the nearest to a refusing disk that any machine has.
    mkdirSync(log.path, { recursive: true });
    const refused = log.append(item("one"));
    expect(refused).toMatchObject({ ok: false, error: { code: "internal" } });
    renameSync(log.path, `${log.path}.away`);
    expect(log.append(item("two"))).toEqual({ ok: true, value: undefined });
    log.close();
    expect(lines(log.path).map((line) => line.type)).toEqual(["session_meta", "response_item"]);
  });
});

describe("reading", () => {
  const call = (id: string): RolloutRecord => ({
    type: "responseItem",
    item: { type: "function_call", call_id: id, name: "exec_command", arguments: "{}" },
  });
  const output = (id: string): RolloutRecord => ({
    type: "responseItem",
    item: { type: "function_call_output", call_id: id, output: "done" },
  });
  const historyOf = (records: readonly RolloutRecord[]) => {
    using home = temporaryHome();
    const store = storeIn(home);
    const thread = newThread();
    const log = valueOf(store.create(thread));
    for (const record of records) valueOf(log.append(record));
    log.close();
    return valueOf(store.read(thread.id)).history;
  };

  test("answers dangling calls and drops orphaned answers", () => {
    expect(historyOf([call("1"), call("2"), output("2"), output("9")])).toMatchObject([
      { type: "function_call", call_id: "1" },
      { type: "function_call_output", call_id: "1", output: "aborted" },
      { type: "function_call", call_id: "2" },
      { type: "function_call_output", call_id: "2", output: "done" },
    ]);
  });

  test("honours compactions, with and without a new history", () => {
    const replaced: RolloutRecord = { type: "compacted", message: "", replacementHistory: [said("kept")] };
    expect(historyOf([item("one"), replaced, item("two")])).toEqual([said("kept"), said("two")]);
    const summary: RolloutRecord = { type: "compacted", message: "summary" };
    const before: RolloutRecord[] = [item("one"), { type: "responseItem", item: answered("a") }];
    expect(historyOf([...before, summary, item("two")])).toEqual([said("one"), said("summary"), said("two")]);
  });

  test("knows a prompt that looks like ours by its kind", () => {
    const kinds = (kind: string) => ({
      internal_chat_message_metadata_passthrough: { turn_id: turnId, content_item_kinds: [kind] },
    });
    const context = { ...said("Be nice."), ...kinds("agents_md.instructions") };
    const prompt = { ...said("<html>"), ...kinds("user.text") };
    const summary: RolloutRecord = { type: "compacted", message: "summary" };
    const records = [context, prompt].map((item): RolloutRecord => ({ type: "responseItem", item }));
    expect(historyOf([...records, summary])).toEqual([prompt, said("summary")]);
  });

  test("honours turns that were rolled back", () => {
    const rollback = { timestamp: "", type: "event_msg", payload: { type: "thread_rolled_back", num_turns: 2 } };
    const turn = (id: string): RolloutRecord[] => [
      { type: "turnStarted", turnId: id, startedAt: 1, contextWindow: null, trigger: "exec" },
      item(id),
    ];
    const records = [...turn("1"), ...turn("2"), ...turn("3"), { type: "raw" as const, line: rollback }, ...turn("4")];
    expect(historyOf(records)).toEqual([said("1"), said("4")]);
  });

  test("tells a turn that was cut off from one that runs", () => {
    using home = temporaryHome();
    const store = storeIn(home);
    const thread = newThread();
    const log = valueOf(store.create(thread));
    for (const turnId of ["a", "b"]) {
      valueOf(log.append({ type: "turnStarted", turnId, startedAt: 1, contextWindow: null, trigger: "exec" }));
    }
    log.close();
    const { turns, openTurnId } = valueOf(store.read(thread.id));
    expect(turns.map((turn) => turn.status)).toEqual(["interrupted", "inProgress"]);
    expect(openTurnId).toBe("b");
  });

  test("takes legacy files, and continues them without numbers", () => {
    using home = temporaryHome();
    const store = storeIn(home);
    const id = newId();
    const path = join(home.path, "sessions/2025/06/01", `rollout-2025-06-01T10-00-00-${id}.jsonl`);
    mkdirSync(dirname(path), { recursive: true });
    const meta = {
      id,
      timestamp: "2025-06-01T10:00:00Z",
      cwd: "/w",
      originator: "o",
      cli_version: "0.1",
      source: "cli",
    };
    const old = [
      { timestamp: "2025-06-01T10:00:00Z", type: "session_meta", payload: meta },
      { timestamp: "2025-06-01T10:00:00Z", type: "response_item", payload: said("one") },
    ];
    writeFileSync(path, old.map((line) => `${JSON.stringify(line)}\n`).join(""));
    const { log, thread } = valueOf(store.resume(id));
    expect(thread.history).toEqual([said("one")]);
    valueOf(log.append(item("two")));
    log.close();
    expect(lines(path).map((line) => line.ordinal)).toEqual([undefined, undefined, undefined]);

    const fork = valueOf(store.fork(valueOf(store.read(id)), newThread()));
    valueOf(fork.log.append(item("three")));
    fork.log.close();
    expect(valueOf(store.read(fork.log.threadId)).history).toEqual(["one", "two", "three"].map(said));
  });
});

describe("a fork", () => {
  test("refers to its parent and does not see what comes after", () => {
    using home = temporaryHome();
    const store = storeIn(home);
    const parent = storedThread(store, ["one", "two"]);
    const { log, thread } = valueOf(
      store.fork(valueOf(store.read(parent.id)), newThread({ baseInstructions: undefined })),
    );
    expect(thread).toMatchObject({ history: [said("one"), said("two")], baseInstructions: "Be brief." });
    valueOf(log.append(item("mine")));
    log.close();
    const continued = valueOf(store.resume(parent.id));
    valueOf(continued.log.append(item("theirs")));
    continued.log.close();

    const read = valueOf(store.read(log.threadId));
    expect(read.history).toEqual([said("one"), said("two"), said("mine")]);
    expect(read).toMatchObject({ baseInstructions: "Be brief.", warnings: [], end: { ordinal: 5 } });
    expect(lines(log.path)[0]).toMatchObject({
      ordinal: 3,
      payload: { forked_from_id: parent.id, history_base: { thread_id: parent.id, end_ordinal_exclusive: 3 } },
    });
    expect(valueOf(store.fork(valueOf(store.read(log.threadId)), newThread())).thread.history.length).toBe(3);
  });

  test("says when its parent is gone, cut short or changed", () => {
    using home = temporaryHome();
    const store = storeIn(home);
    const parent = storedThread(store, ["one", "two"]);
    const { log } = valueOf(store.fork(valueOf(store.read(parent.id)), newThread()));
    valueOf(log.append(item("mine")));
    log.close();

    const original = readFileSync(parent.path, "utf8");
    writeFileSync(parent.path, original.replace('"text":"one"', '"text":"ONE"'));
    const changed = valueOf(store.read(log.threadId));
    expect(changed.warnings).toEqual([expect.stringContaining("was changed since")]);

    truncateSync(parent.path, 10);
    expect(store.read(log.threadId)).toMatchObject({ ok: false });
    renameSync(parent.path, `${parent.path}.away`);
    const missing = store.resume(log.threadId);
    expect(missing).toMatchObject({
      ok: false,
      error: { code: "threadNotFound", message: expect.stringContaining(parent.id) },
    });

    writeFileSync(parent.path, original);
    expect(store.resume(log.threadId).ok).toBe(true);
  });

  test("of a thread that went back to before a turn continues its newest file", () => {
    using home = temporaryHome();
    const store = storeIn(home);
    const { id, path } = storedThread(store, ["one", "two"]);
    const text = readFileSync(path, "utf8");
    const cut = text.split("\n").slice(0, 2).join("\n").length + 1;
    const meta = {
      ...lines(path)[0]?.payload,
      history_base: { thread_id: id, end_ordinal_exclusive: 2, end_byte_offset: cut },
    };
    const line = { timestamp: "", ordinal: 2, type: "session_meta", payload: meta };
    const later = path.replace("rollout-2026-11-21T", "rollout-2027-11-21T").replace(".jsonl", `_${newId()}.jsonl`);
    writeFileSync(later, `${JSON.stringify(line)}\n`);
    expect(valueOf(store.read(id))).toMatchObject({ path: later, history: [said("one")], end: { ordinal: 3 } });

    const latest = later.replace("2027", "2028");
    const again = { ...line, payload: { ...meta, history_base: { ...meta.history_base, end_byte_offset: cut } } };
    writeFileSync(latest, `${JSON.stringify(again)}\n`);
    expect(valueOf(store.read(id))).toMatchObject({ path: latest, history: [said("one")] });
    expect(valueOf(store.read(later))).toMatchObject({ path: later, history: [said("one")] });
  });
});

describe("one writer a thread", () => {
  test("a second open is refused until the first is closed", () => {
    using home = temporaryHome();
    const store = storeIn(home);
    const { id } = storedThread(store, ["one"]);
    const first = valueOf(store.resume(id));
    expect(store.resume(id)).toMatchObject({ ok: false, error: { code: "threadBusy" } });
    expect(store.read(id).ok).toBe(true);
    first.log.close();
    const again = valueOf(store.resume(id));
    again.log.close();
    expect(readdirSync(join(home.path, "thread-writer-locks"))).toEqual([".coordination.lock"]);
  });

  test("a failed resume gives the lock back", () => {
    using home = temporaryHome();
    const store = storeIn(home);
    const { id, path } = storedThread(store, ["one"]);
    const text = readFileSync(path, "utf8");
    writeFileSync(path, "nothing\n");
    expect(store.resume(id)).toMatchObject({ ok: false, error: { code: "internal" } });
    writeFileSync(path, text);
    valueOf(store.resume(id)).log.close();
  });
});

describe("finding", () => {
  test("by id, name and near name", () => {
    using home = temporaryHome();
    const store = storeIn(home);
    const a = storedThread(store, ["one"]);
    const b = storedThread(store, ["two"]);
    valueOf(store.setName(a.id, "parser"));
    valueOf(store.setName(b.id, "parser"));
    expect(valueOf(store.read("parser")).meta.id).toBe(b.id);
    valueOf(store.setName(b.id, "lexer"));
    expect(valueOf(store.read("parser")).meta.id).toBe(a.id);
    expect(store.nameOf(b.id)).toBe("lexer");
    expect(valueOf(store.read(a.id.toUpperCase())).meta.id).toBe(a.id);
    expect(store.read("lexr")).toEqual({
      ok: false,
      error: { code: "threadNotFound", message: 'No session is named "lexr". Close to it: "lexer".' },
    });
    const unknown = newId();
    expect(store.resume(unknown)).toMatchObject({
      ok: false,
      error: { code: "threadNotFound", message: `no rollout found for thread id ${unknown}` },
    });
  });

  test("the last one, by folder or of all", () => {
    using home = temporaryHome();
    const a = storedThread(storeIn(home), ["one"], { cwd: "/a" });
    const b = storedThread(storeIn(home), ["two"], { cwd: "/b" });
    const store = storeIn(home);
    const at = (path: string, seconds: number) => Bun.spawnSync(["touch", "-d", `@${seconds}`, path]);
    at(a.path, 2000);
    at(b.path, 1000);
    expect([store.last()?.id, store.last("/b")?.id, store.last("/c")?.id]).toEqual([a.id, b.id, undefined]);
  });

  test("a list, with an index, without one and with a damaged one", async () => {
    using home = temporaryHome();
    const store = storeIn(home);
    const a = storedThread(store, ["alpha"], { cwd: "/a" });
    const b = storedThread(store, ["beta"], { cwd: "/b" });
    const fork = valueOf(store.fork(valueOf(store.read(a.id)), newThread({ cwd: "/a" }))).log;
    valueOf(fork.append(item("more")));
    fork.close();
    valueOf(store.setName(b.id, "second"));
    const ids = async (filter = {}) => (await store.list(filter)).threads.map((thread) => thread.id).sort();

    expect(await ids()).toEqual([a.id, b.id, fork.threadId].sort());
    expect(await ids({ cwd: ["/b"] })).toEqual([b.id]);
    expect(await ids({ searchTerm: "SECOND" })).toEqual([b.id]);
    expect((await store.list({ cwd: ["/a"] })).threads.map((thread) => thread.preview)).toEqual(["alpha", "alpha"]);
    expect(await ids({ archived: true })).toEqual([]);

    const index = join(home.path, "codex-ts-index.sqlite");
    writeFileSync(index, "no database");
    expect(await ids()).toEqual([a.id, b.id, fork.threadId].sort());

    renameSync(index, `${index}.away`);
    mkdirSync(index);
    expect(await ids()).toEqual([a.id, b.id, fork.threadId].sort());

    const archived = join(home.path, "archived_sessions");
    mkdirSync(archived);
    renameSync(b.path, b.path.replace(dirname(b.path), archived));
    expect(await ids()).toEqual([a.id, fork.threadId].sort());
    expect(await ids({ archived: true })).toEqual([b.id]);
  });
});
