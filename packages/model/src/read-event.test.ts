import { describe, expect, test } from "bun:test";
import { createEventReader } from "./read-event.ts";

/** Feeds events to one reader; ids are counted. */
function read(...events: object[]) {
  let ids = 0;
  const debug: string[] = [];
  const reader = createEventReader({ newId: () => String(++ids), now: () => 0, debug: (line) => debug.push(line) });
  const readings = events.flatMap((event) => reader.read(JSON.stringify(event)));
  return { readings, debug, unfinished: () => reader.unfinished() };
}

const message = (content: object[], id = "msg_1") => ({ type: "message", id, role: "assistant", content });

describe("createEventReader", () => {
  test("reads a message from its start to the end of the response", () => {
    const item = message([{ type: "output_text", text: "Hi" }]);
    const { readings } = read(
      { type: "response.created", response: { id: "resp_1" } },
      { type: "response.output_item.added", output_index: 0, item: message([]) },
      { type: "response.output_text.delta", item_id: "msg_1", output_index: 0, delta: "Hi" },
      { type: "response.output_item.done", output_index: 0, item },
      {
        type: "response.completed",
        response: {
          id: "resp_1",
          usage: {
            input_tokens: 100,
            input_tokens_details: { cached_tokens: 10, cache_write_tokens: 3 },
            output_tokens: 20,
            output_tokens_details: { reasoning_tokens: 5 },
            total_tokens: 120,
          },
        },
      },
    );
    expect(readings).toEqual([
      { type: "created", responseId: "resp_1" },
      { type: "itemStarted", itemId: "msg_1", item: message([]) },
      { type: "textDelta", itemId: "msg_1", delta: "Hi" },
      { type: "item", itemId: "msg_1", item },
      {
        type: "completed",
        responseId: "resp_1",
        usage: {
          input_tokens: 100,
          cached_input_tokens: 10,
          cache_write_input_tokens: 3,
          output_tokens: 20,
          reasoning_output_tokens: 5,
          total_tokens: 120,
        },
        goOn: false,
      },
    ] as never);
  });

  test("reads reasoning", () => {
    const added = { type: "reasoning", id: "rs_1", summary: [] };
    const { readings } = read(
      { type: "response.output_item.added", output_index: 0, item: added },
      { type: "response.reasoning_summary_part.added", item_id: "rs_1", summary_index: 1 },
      { type: "response.reasoning_summary_text.delta", item_id: "rs_1", summary_index: 1, delta: "a" },
      { type: "response.reasoning_text.delta", item_id: "rs_1", content_index: 2, delta: "b" },
    );
    expect(readings.slice(1)).toEqual([
      { type: "reasoningSummaryPart", itemId: "rs_1", index: 1 },
      { type: "reasoningSummaryDelta", itemId: "rs_1", index: 1, delta: "a" },
      { type: "reasoningDelta", itemId: "rs_1", index: 2, delta: "b" },
    ]);
  });

  test("gives the events of an item one id where the server sends none, or two different ones", () => {
    const bare = { type: "message", role: "assistant", content: [] };
    const { readings } = read(
      { type: "response.output_item.added", output_index: 0, item: bare },
      { type: "response.output_text.delta", output_index: 0, delta: "a" },
      { type: "response.output_item.done", output_index: 0, item: message([], "msg_9") },
      { type: "response.output_item.done", output_index: 1, item: bare },
    );
    expect(readings.map((reading) => "itemId" in reading && [reading.type, reading.itemId])).toEqual([
      ["itemStarted", "message_1"],
      ["textDelta", "message_1"],
      ["item", "message_1"],
      ["item", "message_2"],
    ]);
  });

  test("begins an item whose first sign is a delta", () => {
    const { readings } = read({ type: "response.output_text.delta", item_id: "m", output_index: 0, delta: "a" });
    expect(readings).toEqual([
      { type: "itemStarted", itemId: "m", item: { type: "message", role: "assistant", content: [] } },
      { type: "textDelta", itemId: "m", delta: "a" },
    ]);
  });

  test("keeps unknown items, unknown parts and refusals as they came", () => {
    const items = [
      { type: "hologram", id: "h_1", frames: [1, 2] },
      message([
        { type: "refusal", refusal: "no" },
        { type: "smell", of: "coffee" },
      ]),
    ];
    const { readings } = read(...items.map((item) => ({ type: "response.output_item.done", item })));
    expect(readings).toEqual(items.map((item) => ({ type: "item", itemId: item.id, item })) as never);
  });

  test("skips events that it does not know, and what is no event", () => {
    const { readings, debug } = read({ type: "response.holiday" }, { no: "type" });
    expect({ readings, debug }).toEqual({ readings: [], debug: ["skipped a server event of type response.holiday"] });
    expect(createEventReader({ newId: String, now: () => 0, debug: () => {} }).read("[DONE]")).toEqual([]);
  });

  test("tells missing usage and the wish to go on", () => {
    const { readings } = read({ type: "response.completed", response: { id: "r", end_turn: false } });
    expect(readings).toEqual([{ type: "completed", responseId: "r", usage: undefined, goOn: true }]);
  });

  test("reads every form of failure", () => {
    const failed = (error: object) => read({ type: "response.failed", response: { error } }).readings[0];
    expect(failed({ code: "context_length_exceeded", message: "m" })).toMatchObject({
      failure: { kind: "contextWindow" },
    });
    expect(failed({ code: "server_is_overloaded", message: "m" })).toMatchObject({
      failure: { kind: "overloadedInReply" },
    });
    expect(failed({ code: "rate_limit_exceeded", message: "Please try again in 1.5s." })).toMatchObject({
      failure: { kind: "rateLimited", retryAfterMs: 1500 },
    });
    expect(failed({ code: "server_error", message: "oops" })).toMatchObject({
      failure: { kind: "responseFailed", message: "oops" },
    });
    expect(
      read({ type: "error", status: 400, error: { code: "context_length_exceeded", message: "m" } }).readings[0],
    ).toMatchObject({ failure: { kind: "contextWindow", status: 400 } });
    expect(
      read({
        type: "error",
        status: 503,
        error: { message: "m" },
        headers: { "retry-after": "2", "x-request-id": "q" },
      }).readings[0],
    ).toMatchObject({
      failure: { kind: "serverError", status: 503, message: "m", retryAfterMs: 2000, requestId: "q" },
    });
    expect(read({ type: "error", code: "oops", message: "flat" }).readings[0]).toEqual({
      type: "failure",
      failure: { kind: "responseFailed", message: "flat" },
    });
  });

  test("keeps the text of a message that never ended, and no half of a tool call", () => {
    const { readings, unfinished } = read(
      { type: "response.output_item.added", output_index: 0, item: message([]) },
      { type: "response.output_item.added", output_index: 1, item: { type: "function_call", id: "fc_1" } },
      { type: "response.output_item.added", output_index: 2, item: message([], "msg_2") },
      { type: "response.output_text.delta", item_id: "msg_2", delta: "whole" },
      { type: "response.output_item.done", output_index: 2, item: message([], "msg_2") },
      { type: "response.output_text.delta", item_id: "msg_1", delta: "half " },
      { type: "response.output_text.delta", item_id: "msg_1", delta: "a thought" },
      { type: "response.incomplete", response: { incomplete_details: { reason: "max_output_tokens" } } },
    );
    expect(readings.at(-1)).toEqual({
      type: "failure",
      failure: { kind: "incomplete", message: "max_output_tokens" },
    });
    expect(unfinished()).toEqual([
      {
        type: "item",
        itemId: "msg_1",
        item: { ...message([{ type: "output_text", text: "half a thought" }]), status: "incomplete" } as never,
      },
    ]);
  });

  test("reads limits and late headers", () => {
    const { readings } = read(
      {
        type: "codex.rate_limits",
        plan_type: "plus",
        rate_limits: { primary: { used_percent: 42, window_minutes: 300 } },
      },
      { type: "response.metadata", headers: { "x-codex-turn-state": "s", "bad name": "x", nested: {} } },
    );
    expect(readings[0]).toMatchObject({
      snapshot: { planType: "plus", primary: { usedPercent: 42, windowDurationMins: 300, resetsAt: null } },
    });
    const late = readings[1];
    expect(late?.type === "headers" && [...late.headers]).toEqual([["x-codex-turn-state", "s"]]);
  });
});
