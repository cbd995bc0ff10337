import { expect, test } from "bun:test";
import type { ModelEvent } from "@codex/model/model-event";
import { systemClock } from "@codex/platform/clock";
import type { FunctionCallItem, ResponseItem, ResponsesRequest } from "@codex/protocol/responses";
import { runTurn } from "./run-turn.ts";
import { turnError } from "./turn-error.ts";

const call: FunctionCallItem = { type: "function_call", name: "look", arguments: "{}", call_id: "call_1" };
const output: ResponseItem = { type: "function_call_output", call_id: "call_1", output: "seen" };
const answer: ResponseItem = {
  type: "message",
  role: "assistant",
  content: [{ type: "output_text", text: "Done." }],
};

const item = (item: ResponseItem): ModelEvent => ({ type: "item", itemId: crypto.randomUUID(), item });
const retrying: ModelEvent = { type: "retrying", message: "", attempt: 1, attempts: 5, error: turnError("Again.") };
const completed: ModelEvent = { type: "completed", responseId: "resp_1", usage: undefined, goOn: false };

/** Runs a turn over these replies, one for each request. */
async function play(replies: ModelEvent[][]) {
  const history: ResponseItem[] = [];
  let requests = 0;
  const end = await runTurn(
    {
      id: "turn",
      threadId: "thread",
      signal: new AbortController().signal,
      emit: () => undefined,
      append: (items) => void history.push(...items),
      addUsage: () => undefined,
      tellUsage: () => undefined,
      takeSteers: async () => 0,
      mayEnd: () => true,
      makeRoom: async () => undefined,
      request: () => ({}) as ResponsesRequest,
    },
    {
      clock: systemClock,
      model: {
        async *stream() {
          yield* replies[requests++] ?? [];
        },
      },
      tools: { dispatch: async () => output },
    },
  );
  return { end, requests, history };
}

test("a turn goes on until a reply calls no tool", async () => {
  const played = await play([
    [item(call), completed],
    [item(answer), completed],
  ]);
  expect(played).toEqual({ end: { status: "completed" }, requests: 2, history: [call, output, answer] });
});

test("a call of an attempt that broke off asks for no request beyond the one that was tried again", async () => {
  const played = await play([[item(call), retrying, item(answer), completed]]);
  expect(played).toEqual({ end: { status: "completed" }, requests: 1, history: [call, output, answer] });
});
