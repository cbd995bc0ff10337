import { expect, test } from "bun:test";
import type { JsonObject } from "@codex/protocol/json";
import type { ResponseItem } from "@codex/protocol/responses";
import { threadItem } from "./thread-item.ts";

const shown = {
  type: "agentMessage",
  id: "id",
  phase: null,
  moderation: null,
  memoryCitation: null,
  delivery: null,
  questions: null,
} as const;
const said = (content: JsonObject[], more: Partial<Extract<ResponseItem, { type: "message" }>> = {}): ResponseItem =>
  ({ type: "message", role: "assistant", content, ...more }) as ResponseItem;

test("a message is its words; a refusal is words too, and a part of an unknown kind is named", () => {
  const parts: JsonObject[] = [
    { type: "output_text", text: "a" },
    { type: "refusal", refusal: "no" },
    { type: "hologram", size: 3 },
  ];
  expect(threadItem(said(parts, { phase: "final_answer" }), "id")).toEqual({
    ...shown,
    phase: "final_answer",
    text: "ano[hologram]",
  });
  expect(threadItem(said([{ type: "output_text", text: "ha" }], { status: "incomplete" }), "id")).toEqual({
    ...shown,
    text: "ha",
    incomplete: true,
  });
});

test("reasoning is its summary and its text", () => {
  const item: ResponseItem = {
    type: "reasoning",
    summary: [{ type: "summary_text", text: "s" }],
    content: [{ type: "reasoning_text", text: "raw" }],
  };
  expect(threadItem(item, "id")).toEqual({ type: "reasoning", id: "id", summary: ["s"], content: ["raw"] });
  expect(threadItem({ ...item, content: null }, "id")).toMatchObject({ content: [] });
});

const searches: [JsonObject | undefined, string, unknown][] = [
  [undefined, "", { type: "other" }],
  [{ type: "search", query: "q" }, "q", { type: "search", query: "q", queries: null }],
  [{ type: "search", queries: ["x", "y"] }, "x", { type: "search", query: null, queries: ["x", "y"] }],
  [{ type: "open_page", url: "u" }, "u", { type: "openPage", url: "u" }],
  [{ type: "find_in_page", url: "u", pattern: "p" }, "p", { type: "findInPage", url: "u", pattern: "p" }],
  [{ type: "telepathy" }, "", { type: "other" }],
];
test.each(searches)("a search that did %p", (action, query, told) => {
  const item: ResponseItem = { type: "web_search_call", ...(action ? { action } : {}) };
  expect(threadItem(item, "id")).toEqual({ type: "webSearch", id: "id", query, action: told, results: null } as never);
});

test("calls, outputs, other roles and unknown types are not shown as such", () => {
  const items: ResponseItem[] = [
    { type: "function_call", call_id: "c", name: "n", arguments: "{}" },
    { type: "function_call_output", call_id: "c", output: "o" },
    { type: "message", role: "user", content: [] },
    { type: "novelty" },
  ];
  expect(items.map((item) => threadItem(item, "id"))).toEqual([undefined, undefined, undefined, undefined]);
});
