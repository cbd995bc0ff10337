import { expect, test } from "bun:test";
import type { JsonObject } from "@codex/protocol/json";
import { captureRequest } from "./captured-request.ts";
import { checkRequest } from "./check-request.ts";

const headers = {
  accept: "text/event-stream",
  authorization: "Bearer k",
  "content-type": "application/json",
  originator: "test",
  "session-id": "s",
  "thread-id": "t",
  "user-agent": "test",
};

const faults = (input: JsonObject[], over: { headers?: Record<string, string>; body?: JsonObject } = {}) =>
  checkRequest(
    captureRequest({
      index: 0,
      path: "/v1/responses",
      headers: over.headers ?? headers,
      body: over.body ?? { model: "m", stream: true, input },
      closed: Promise.resolve("finished"),
    }),
    { headers: true },
  );

const call = (id: string, more: JsonObject = {}): JsonObject => ({ type: "function_call", call_id: id, ...more });
const output = (id: string, more: JsonObject = {}): JsonObject => ({
  type: "function_call_output",
  call_id: id,
  ...more,
});

test("a conversation in order has no faults", () => {
  expect(faults([call("a", { id: "fc_1" }), call("b"), output("a", { id: "fco_1" }), output("b")])).toEqual([]);
});

test("a call without an output, an output without a call, and an output twice are faults", () => {
  expect(faults([call("a")])).toEqual(["the call a has no output"]);
  expect(faults([output("a")])).toEqual(["function_call_output a answers no call"]);
  expect(faults([output("a"), call("a")])).toEqual([
    "function_call_output a answers no call",
    "the call a has no output",
  ]);
  expect(faults([call("a"), output("a"), output("a")])).toEqual([
    "function_call_output a answers a call that has its output",
  ]);
});

test("the same id or call_id twice is a fault", () => {
  expect(faults([call("a", { id: "fc_1" }), output("a"), call("b", { id: "fc_1" }), output("b")])).toEqual([
    "two items have the id fc_1",
  ]);
  expect(faults([call("a"), output("a"), call("a"), output("a")])).toEqual(["two calls have the call_id a"]);
});

test("notices of a running cell and outputs that belong to no call are allowed", () => {
  expect(faults([call("a"), output("a"), output("a", { name: "exec" })])).toEqual([]);
  expect(faults([{ type: "function_call_output", name: "goal_objective", output: "x" }])).toEqual([]);
});

test("missing headers and a body that is no request are faults", () => {
  const { "session-id": _session, ...without } = headers;
  expect(faults([], { headers: { ...without, accept: "application/json" } })).toEqual([
    "the header session-id is missing",
    "the accept header is application/json, not text/event-stream",
  ]);
  expect(faults([], { body: {} })).toEqual([
    "the body names no model",
    "the body's input is not a list",
    "the body does not ask for a stream",
  ]);
});
