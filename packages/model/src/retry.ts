import type { Failure, FailureKind } from "./failure.ts";

/**
 * Retries beyond the first request, for the three ways to fail. One counter runs over all of them, so that a request
 * that fails in several ways still ends.
 */
export type RetryLimits = {
  /** While no connection comes about. */
  connect: number;
  /** While the server refuses to begin a reply. */
  request: number;
  /** When a reply breaks off. */
  stream: number;
};

type Row = { limit: keyof RetryLimits | "none"; firstMs: number; atMostMs: number };

const never: Row = { limit: "none", firstMs: 0, atMostMs: 0 };
const connect: Row = { limit: "connect", firstMs: 200, atMostMs: 3_200 };
const request: Row = { limit: "request", firstMs: 200, atMostMs: 10_000 };
const stream: Row = { limit: "stream", firstMs: 200, atMostMs: 10_000 };
/** A rate limit counts by the minute: coming back after 200 ms only makes it worse. */
const rate: Row = { limit: "stream", firstMs: 1_000, atMostMs: 15_000 };

/** What to do about each failure. A server that is not there costs 0.2+0.4+0.8+1.6+3.2+3.2 ≈ 9.4 s by default. */
const retryTable = {
  noToken: never,
  unreachable: connect,
  // has waited long enough, and TCP has tried several times
  swallowed: never,
  resetBeforeReply: request,
  tls: never,
  redirected: never,
  unauthorized: never,
  forbidden: never,
  rejected: never,
  modelNotFound: never,
  contextWindow: never,
  invalidPrompt: never,
  cyberPolicy: never,
  rateLimited: rate,
  usageLimit: never,
  quota: never,
  usageNotIncluded: never,
  serverError: request,
  overloaded: request,
  overloadedInReply: never,
  responseFailed: stream,
  incomplete: never,
  closed: stream,
  broken: stream,
  idle: stream,
} as const satisfies Record<FailureKind, Row>;

/** A server that wants us to wait longer than this gets its say as an error: nobody waits for minutes unasked. */
const longestRetryAfterMs = 120_000;

export type Retry = { attempt: number; attempts: number; delayMs: number };

/**
 * Whether to try again after `retriesSoFar` retries, and when; undefined for "give up".
 * `random` is in [0, 1) and makes the jitter of ±10 %.
 */
export function planRetry(
  failure: Failure,
  retriesSoFar: number,
  limits: RetryLimits,
  random: () => number,
): Retry | undefined {
  const row: Row = retryTable[failure.kind];
  if (row.limit === "none" || retriesSoFar >= limits[row.limit]) return undefined;
  const asked = failure.retryAfterMs;
  if (asked !== undefined && asked > longestRetryAfterMs) return undefined;
  return {
    attempt: retriesSoFar + 1,
    attempts: limits[row.limit],
    delayMs: asked ?? jitter(Math.min(row.firstMs * 2 ** retriesSoFar, row.atMostMs), random),
  };
}

const jitter = (ms: number, random: () => number): number => Math.round(ms * (0.9 + 0.2 * random()));

/**
 * The limits from a provider's `request_max_retries` and `stream_max_retries`. A reply that does not begin is tried
 * again as often as the larger of the two says, because both share one budget; a server that is not there as often as
 * `request_max_retries` says.
 */
export function retryLimits(requestMaxRetries: number | undefined, streamMaxRetries: number | undefined): RetryLimits {
  const stream = streamMaxRetries ?? 5;
  return {
    connect: requestMaxRetries ?? streamMaxRetries ?? 6,
    request: Math.max(requestMaxRetries ?? 4, stream),
    stream,
  };
}
