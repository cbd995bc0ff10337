import { expect, test } from "bun:test";
import type { ThreadItem, WebSearchAction } from "@codex/protocol/items";
import type { ServerNotification } from "@codex/protocol/notifications";
import {
  change,
  command,
  completed,
  ended,
  failing,
  message,
  planned,
  started,
  thought,
  used,
  warning,
} from "./exec.test-support.ts";
import { Projection } from "./project.ts";

/** The whole lines, as they are printed. */
function lines(...notifications: ServerNotification[]): string[] {
  const projection = new Projection();
  return notifications.flatMap((each) => projection.project(each)).map((event) => JSON.stringify(event));
}

test("a message is one line, when it is whole", () => {
  expect(lines(started(message("")), completed(message("Hi.\n\u2028")))).toEqual([
    '{"type":"item.completed","item":{"id":"item_0","type":"agent_message","text":"Hi.\\n\u2028"}}',
  ]);
});

test("a thought is its summary, and one without a summary is not told", () => {
  expect(
    lines(started(thought([])), completed(thought(["**Look**"], ["raw"])), completed(thought([], ["raw"]))),
  ).toEqual(['{"type":"item.completed","item":{"id":"item_0","type":"reasoning","text":"**Look**"}}']);
});

test("a command is told when it starts and when it ends, under one id", () => {
  const line = "/bin/bash -lc 'exit 3'";
  expect(
    lines(started(command(line)), completed(command(line, { status: "failed", aggregatedOutput: "o\n", exitCode: 3 }))),
  ).toEqual([
    `{"type":"item.started","item":{"id":"item_0","type":"command_execution","command":"${line}","aggregated_output":"","exit_code":null,"status":"in_progress"}}`,
    `{"type":"item.completed","item":{"id":"item_0","type":"command_execution","command":"${line}","aggregated_output":"o\\n","exit_code":3,"status":"failed"}}`,
  ]);
});

test("a change names every file, how it changed, and where it went", () => {
  const changes =
    '[{"path":"/w/new","kind":"add"},{"path":"/w/old","kind":"delete"},{"path":"/w/a","kind":"update","move_path":"/w/b"},{"path":"/w/c","kind":"update"}]';
  expect(lines(started(change("inProgress")), completed(change("declined")))).toEqual([
    `{"type":"item.started","item":{"id":"item_0","type":"file_change","changes":${changes},"status":"in_progress"}}`,
    `{"type":"item.completed","item":{"id":"item_0","type":"file_change","changes":${changes},"status":"declined"}}`,
  ]);
});

const searches: [WebSearchAction | null, string][] = [
  [null, '{"type":"other"}'],
  [{ type: "search", query: "q", queries: null }, '{"type":"search","query":"q"}'],
  [{ type: "openPage", url: "http://x" }, '{"type":"open_page","url":"http://x"}'],
  [{ type: "findInPage", url: "http://x", pattern: "p" }, '{"type":"find_in_page","url":"http://x","pattern":"p"}'],
];
test.each(searches)("a search tells what it did: %p", (action, told) => {
  const item: ThreadItem = { type: "webSearch", id: "ws", query: "q", action, results: null };
  expect(lines(started(item), completed(item))).toEqual([
    `{"type":"item.started","item":{"id":"item_0","type":"web_search","query":"q","action":${told}}}`,
    `{"type":"item.completed","item":{"id":"item_0","type":"web_search","query":"q","action":${told}}}`,
  ]);
});

test("pictures and compactions are told when they are done, what the user said not at all", () => {
  const items: ThreadItem[] = [
    { type: "userMessage", id: "u", clientId: null, content: [] },
    { type: "imageView", id: "i", path: "/w/a.png" },
    { type: "contextCompaction", id: "c" },
  ];
  expect(lines(...items.flatMap((item) => [started(item), completed(item)]))).toEqual([
    '{"type":"item.completed","item":{"id":"item_0","type":"image_view","path":"/w/a.png"}}',
    '{"type":"item.completed","item":{"id":"item_1","type":"context_compaction"}}',
  ]);
});

test("a plan is one item that starts, changes, and ends with the turn", () => {
  const item = (...steps: string[]) => `"item":{"id":"item_0","type":"todo_list","items":[${steps.join(",")}]}`;
  const step = (text: string, completed: boolean, status: string) =>
    `{"text":"${text}","completed":${completed},"status":"${status}"}`;
  const told = lines(
    planned(["a", "inProgress"], ["b", "pending"]),
    planned(["a", "completed"], ["b", "inProgress"]),
    ended("completed"),
  );
  const last = item(step("a", true, "completed"), step("b", false, "in_progress"));
  expect(told.slice(0, 3)).toEqual([
    `{"type":"item.started",${item(step("a", false, "in_progress"), step("b", false, "pending"))}}`,
    `{"type":"item.updated",${last}}`,
    `{"type":"item.completed",${last}}`,
  ]);
  expect(told).toHaveLength(4);
});

test("warnings are items, errors are lines of their own, and both keep the count of ids", () => {
  const rerouted: ServerNotification = {
    method: "model/rerouted",
    params: { threadId: "t", turnId: "u", fromModel: "a", toModel: "b", reason: "r" },
  };
  const config: ServerNotification = { method: "configWarning", params: { summary: "odd key", details: null } };
  expect(lines(warning("careful"), failing("Reconnecting... 1/5", true), rerouted, config)).toEqual([
    '{"type":"item.completed","item":{"id":"item_0","type":"error","message":"careful"}}',
    '{"type":"error","message":"Reconnecting... 1/5"}',
    '{"type":"item.completed","item":{"id":"item_1","type":"error","message":"model rerouted: a -> b"}}',
    '{"type":"item.completed","item":{"id":"item_2","type":"error","message":"odd key"}}',
  ]);
});

test("the end tells the turn's tokens and the thread's", () => {
  const usage = (n: number) =>
    `{"input_tokens":${10 * n},"cached_input_tokens":${4 * n},"cache_write_input_tokens":${n},"output_tokens":${10 * n},"reasoning_output_tokens":${3 * n}}`;
  expect(lines(used(1, 5), used(2, 7), ended("completed"))).toEqual([
    `{"type":"turn.completed","usage":${usage(3)},"thread_usage":${usage(7)}}`,
  ]);
});

test("a turn that failed says why, one that was interrupted says that", () => {
  expect(lines(failing("no good", false), ended("failed", "no good"))).toEqual([
    '{"type":"error","message":"no good"}',
    '{"type":"turn.failed","error":{"message":"no good"}}',
  ]);
  expect(lines(ended("interrupted"))).toEqual(['{"type":"turn.failed","error":{"message":"interrupted"}}']);
});

test("a message that was cut is told only where no other came in its place", () => {
  const cut = message("Half", { id: "cut", incomplete: true });
  expect(lines(completed(cut), completed(message("Whole")), ended("failed", "x"))).toEqual([
    '{"type":"item.completed","item":{"id":"item_0","type":"agent_message","text":"Whole"}}',
    '{"type":"turn.failed","error":{"message":"x"}}',
  ]);
  expect(lines(completed(cut), ended("failed", "x"))).toEqual([
    '{"type":"item.completed","item":{"id":"item_0","type":"agent_message","text":"Half","incomplete":true}}',
    '{"type":"turn.failed","error":{"message":"x"}}',
  ]);
  expect(lines(completed(message("", { incomplete: true })), ended("interrupted"))).toHaveLength(1);
});

test("what a program of this format does not know is left out", () => {
  const delta: ServerNotification = {
    method: "item/agentMessage/delta",
    params: { threadId: "t", turnId: "u", itemId: "msg", delta: "x" },
  };
  expect(
    lines(delta, { method: "thread/status/changed", params: { threadId: "t", status: { type: "idle" } } }),
  ).toEqual([]);
});
