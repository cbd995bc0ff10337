import type { JsonObject } from "@codex/protocol/json";
import type { CapturedRequest } from "./captured-request.ts";

const requiredHeaders = [
  "accept",
  "authorization",
  "content-type",
  "originator",
  "session-id",
  "thread-id",
  "user-agent",
] as const;

/**
 * What a real server would refuse, or what would confuse a real model: each as one sentence, none where all is well.
 * `headers: false` leaves out the headers, for a client that is not Codex.
 */
export function checkRequest(request: CapturedRequest, wanted: { headers: boolean }): string[] {
  return [...(wanted.headers ? checkHeaders(request) : []), ...checkBody(request.body), ...checkItems(request.input())];
}

function checkHeaders({ headers }: CapturedRequest): string[] {
  const missing = requiredHeaders.filter((name) => !headers[name]).map((name) => `the header ${name} is missing`);
  const accept = headers["accept"] ?? "";
  return accept === "" || accept.includes("text/event-stream")
    ? missing
    : [...missing, `the accept header is ${accept}, not text/event-stream`];
}

function checkBody(body: JsonObject): string[] {
  const faults: string[] = [];
  if (typeof body["model"] !== "string" || body["model"] === "") faults.push("the body names no model");
  if (!Array.isArray(body["input"])) faults.push("the body's input is not a list");
  if (body["stream"] !== true) faults.push("the body does not ask for a stream");
  return faults;
}

/** Calls and outputs must pair up one to one, a call before its output; no id may come twice. */
function checkItems(items: JsonObject[]): string[] {
  const faults = repeated(items.flatMap((item) => text(item["id"]))).map((id) => `two items have the id ${id}`);
  const open = new Set<string>();
  const calls: string[] = [];
  const answered = new Set<string>();
  for (const item of items) {
    const [callId] = text(item["call_id"]);
    const type = String(item["type"]);
    if (callId === undefined) continue;
    if (type.endsWith("_call")) {
      calls.push(callId);
      open.add(callId);
    } else if (type.endsWith("_output")) {
      if (!open.delete(callId) && !isLateNotice(item, answered)) {
        faults.push(`${type} ${callId} answers ${answered.has(callId) ? "a call that has its output" : "no call"}`);
      }
      answered.add(callId);
    }
  }
  for (const id of repeated(calls)) faults.push(`two calls have the call_id ${id}`);
  for (const id of open) faults.push(`the call ${id} has no output`);
  return faults;
}

// A code cell may send notices after its output: same call_id, and a name that ordinary outputs do not have.
const isLateNotice = (item: JsonObject, answered: Set<string>): boolean =>
  typeof item["name"] === "string" && answered.has(String(item["call_id"]));

const text = (value: unknown): string[] => (typeof value === "string" ? [value] : []);

const repeated = (values: string[]): string[] => [
  ...new Set(values.filter((value, index) => values.indexOf(value) !== index)),
];
