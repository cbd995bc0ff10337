import { isObject, parseJson } from "@codex/protocol/json";
import type { Failure, FailureKind } from "./failure.ts";
import { rateLimitsOfHeaders } from "./rate-limits.ts";
import { readHeaders } from "./read-headers.ts";

/** A reply with an error status, its body read whole. */
export type RefusedReply = { status: number; headers: Headers; body: string; url?: string };

/** Reads a reply that is no stream. `now` in Unix milliseconds, for a Retry-After that is a date. */
export function readRefusal(reply: RefusedReply, now: number): Failure {
  const { status, headers, body, url } = reply;
  const said = readServerError(parseJson(body));
  return {
    ...said.details,
    kind: kindOfCode(said) ?? kindOfStatus(status),
    message: said.message ?? shorten(body),
    status,
    ...(url === undefined ? {} : { url }),
    ...header(headers, "x-request-id", "requestId"),
    ...header(headers, "cf-ray", "rayId"),
    ...retryAfter(headers, now),
    rateLimits: rateLimitsOfHeaders(headers),
  };
}

/** Reads `response.failed`'s `response.error`. */
export function readFailedResponse(error: unknown): Failure {
  const said = readServerError({ error });
  const message = said.message ?? "the server gave no reason";
  const known = kindOfCode(said);
  if (known === "overloaded") return { ...said.details, kind: "overloadedInReply", message };
  if (known === "rateLimited") return { ...said.details, kind: known, message, ...tryAgainIn(message) };
  return { ...said.details, kind: known ?? "responseFailed", message };
}

/**
 * Reads `{"type":"error", "status"?, "error":{…}}`, or its flat form `{"type":"error","code","message"}`. With a status
 * it means what the same HTTP status would.
 */
export function readErrorEvent(event: Record<string, unknown>, now: number): Failure {
  const error = isObject(event["error"]) ? event["error"] : { code: event["code"], message: event["message"] };
  const status = event["status"] ?? event["status_code"];
  if (typeof status !== "number") return readFailedResponse(error);
  return readRefusal({ status, headers: readHeaders(event["headers"]), body: JSON.stringify({ error }) }, now);
}

type ServerError = {
  code: string | undefined;
  type: string | undefined;
  message: string | undefined;
  details: { planType?: string; resetsAt?: number };
};

/** The three forms in use: `{error:{message,code,type}}`, `{error:"text"}` and `{message}` or `{detail}`. */
function readServerError(body: unknown): ServerError {
  const top = isObject(body) ? body : {};
  const error = isObject(top["error"])
    ? top["error"]
    : { ...top, message: top["error"] ?? top["message"] ?? top["detail"] };
  const planType = text(error["plan_type"]);
  const resetsAt = error["resets_at"];
  return {
    code: text(error["code"]),
    type: text(error["type"]),
    message: text(error["message"]),
    details: {
      ...(planType === undefined ? {} : { planType }),
      ...(typeof resetsAt === "number" ? { resetsAt } : {}),
    },
  };
}

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);

const kindsByCode: Readonly<Record<string, FailureKind>> = {
  context_length_exceeded: "contextWindow",
  insufficient_quota: "quota",
  usage_not_included: "usageNotIncluded",
  usage_limit_reached: "usageLimit",
  rate_limit_exceeded: "rateLimited",
  slow_down: "rateLimited",
  server_is_overloaded: "overloaded",
  invalid_prompt: "invalidPrompt",
  cyber_policy: "cyberPolicy",
  model_not_found: "modelNotFound",
};

const kindOfCode = ({ code, type }: ServerError): FailureKind | undefined =>
  (code === undefined ? undefined : kindsByCode[code]) ?? (type === undefined ? undefined : kindsByCode[type]);

const kindsByStatus: Readonly<Record<number, FailureKind>> = {
  401: "unauthorized",
  403: "forbidden",
  408: "serverError",
  429: "rateLimited",
};

function kindOfStatus(status: number): FailureKind {
  if (status >= 500) return "serverError";
  if (status >= 300 && status < 400) return "redirected";
  return kindsByStatus[status] ?? "rejected";
}

function header<K extends "requestId" | "rayId">(headers: Headers, name: string, key: K): { [P in K]?: string } {
  const value = headers.get(name);
  return value === null ? {} : ({ [key]: value } as { [P in K]: string });
}

/** `retry-after` in seconds or as a date; `retry-after-ms` in milliseconds. */
function retryAfter(headers: Headers, now: number): { retryAfterMs?: number } {
  const ms = number(headers.get("retry-after-ms"));
  if (ms !== undefined) return { retryAfterMs: ms };
  const value = headers.get("retry-after");
  const seconds = number(value);
  if (seconds !== undefined) return { retryAfterMs: seconds * 1000 };
  const date = value === null ? Number.NaN : Date.parse(value);
  return Number.isNaN(date) ? {} : { retryAfterMs: Math.max(0, date - now) };
}

const number = (value: string | null): number | undefined =>
  value !== null && /^\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : undefined;

/** A rate limit inside a stream tells its wait in words: "Please try again in 300ms" or "in 1.5s". */
function tryAgainIn(message: string): { retryAfterMs?: number } {
  const match = /try again in (\d+(?:\.\d+)?)\s*(ms|s)/i.exec(message);
  if (!match) return {};
  return { retryAfterMs: Number(match[1]) * (match[2]?.toLowerCase() === "ms" ? 1 : 1000) };
}

/** A body that is no JSON (a proxy's HTML page) in one line that fits an error message. */
function shorten(body: string): string {
  const line = body
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  if (line === "") return "the reply was empty";
  return line.length > 500 ? `${line.slice(0, 500)}…` : line;
}
