import { model } from "@codex/scripted-model/testing";
import type { Scenario } from "../scenario.ts";

const fine = model.says("Fine now.");
const hello = model.says("Hello.");

/** One step for every request there may be: how many there were is compared. */
const always =
  (piece: ReturnType<typeof model.status>): Scenario["steps"] =>
  () =>
    piece;

const errorBody = (message: string, more: Record<string, string | number> = {}) => ({ error: { message, ...more } });

const fewRetries = { request_max_retries: 0, stream_max_retries: 1 };

const status = (code: number, body: Parameters<typeof model.status>[1], provider?: Scenario["provider"]): Scenario => ({
  name: `HTTP ${code}`,
  steps: always(model.status(code, body)),
  ...(provider === undefined ? {} : { provider }),
});

/** `response.failed` with this code, for as many requests as come. */
const failed = (code: string, message: string, provider?: Scenario["provider"]): Scenario => ({
  name: `response.failed: ${code}`,
  steps: always(model.fails(code, message)),
  ...(provider === undefined ? {} : { provider }),
});

/** Servers that refuse, break off or fail; requests are counted by their list. */
export const failures: Scenario[] = [
  status(400, errorBody("The input is wrong.", { type: "invalid_request_error" })),
  { ...status(400, "no JSON at all"), name: "HTTP 400 as text" },
  { ...status(401, errorBody("Bad key."), fewRetries) },
  { ...status(403, errorBody("Not for you."), fewRetries) },
  status(404, errorBody("No such model.")),
  status(429, errorBody("Slow down, please."), fewRetries),
  {
    name: "HTTP 429 with retry-after",
    steps: [model.status(429, errorBody("Slow down."), { "retry-after": "1" }), fine],
  },
  {
    name: "HTTP 429: usage_limit_reached",
    steps: always(
      model.status(429, errorBody("Limit.", { type: "usage_limit_reached", plan_type: "plus", resets_at: 1900000000 })),
    ),
  },
  {
    name: "HTTP 429: insufficient_quota",
    steps: always(model.status(429, errorBody("No money.", { code: "insufficient_quota" }))),
  },
  {
    name: "HTTP 429: usage_not_included",
    steps: always(model.status(429, errorBody("Not in the plan.", { type: "usage_not_included" }))),
  },
  status(500, errorBody("Boom."), fewRetries),
  { name: "HTTP 500, then an answer", steps: [model.status(500, errorBody("Boom.")), fine] },
  {
    name: "HTTP 503: server_is_overloaded",
    steps: always(model.status(503, errorBody("Busy.", { code: "server_is_overloaded" }))),
    provider: fewRetries,
  },
  failed("server_is_overloaded", "Busy."),
  failed("invalid_prompt", "That prompt is not allowed."),
  failed("cyber_policy", "That is not allowed."),
  failed("insufficient_quota", "No money."),
  failed("usage_not_included", "Not in the plan."),
  failed("something_else", "Odd.", fewRetries),
  {
    name: "response.failed: context_length_exceeded",
    steps: always(model.fails("context_length_exceeded", "Too long.")),
  },
  {
    name: "response.failed: rate_limit_exceeded with a time",
    steps: [model.fails("rate_limit_exceeded", "Please try again in 200ms."), fine],
  },
  { name: "response.incomplete", steps: [[model.says("Half an ans"), model.incomplete("max_output_tokens")]] },
  { name: "end of file, then an answer", steps: [[model.says("Half", { unfinished: true }), model.ends("eof")], fine] },
  { name: "end of file for ever", steps: always(model.ends("eof")), provider: fewRetries },
  { name: "reset within the stream, then an answer", steps: [model.ends("reset"), fine] },
  { name: "reset before the headers, then an answer", steps: [model.refuses("reset"), fine] },
  {
    name: "end of file after a tool call",
    steps: [[model.exec("echo once >> count.txt"), model.ends("eof")], fine],
  },
  {
    name: "silence, then an answer",
    steps: [model.ends("silence"), fine],
    provider: { stream_idle_timeout_ms: 1000 },
  },
  {
    name: "error event",
    steps: always(model.error({ code: "server_error", message: "It broke." })),
    provider: fewRetries,
  },
  {
    name: "error event after a message",
    steps: [
      [model.exec("true")],
      [model.error({ status: 400, type: "invalid_request_error", message: "Wrong." })],
      hello,
    ],
    provider: fewRetries,
  },
];
