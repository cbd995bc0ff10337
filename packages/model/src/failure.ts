import type { RateLimitSnapshot } from "@codex/protocol/rate-limits";

/**
 * Why one request to the model did not come to its end. `kind` is the row of the retry table (`retry.ts`) and of the
 * sentence table (`describe-failure.ts`).
 */
export type Failure = {
  kind: FailureKind;
  /** What the server said, or what happened to the connection; never a credential. */
  message: string;
  /** HTTP status, where there was one. */
  status?: number;
  /** Address asked, without its query (which may hold a key). */
  url?: string;
  requestId?: string;
  /** `cf-ray`, which support asks for. */
  rayId?: string;
  /** How long the server asks us to wait. */
  retryAfterMs?: number;
  /** Of a usage limit: the plan, and when it resets (Unix seconds). */
  planType?: string;
  resetsAt?: number;
  /** What the refusal's headers told. */
  rateLimits?: RateLimitSnapshot;
};

export type FailureKind =
  /** No request was made: the provider's token could not be had. */
  | "noToken"
  /** No connection came about: refused, no such host. */
  | "unreachable"
  /** Packets are swallowed: nothing answers, nothing refuses. */
  | "swallowed"
  /** The connection broke before the reply's headers. */
  | "resetBeforeReply"
  | "tls"
  | "redirected"
  | "unauthorized"
  | "forbidden"
  /** 400, 404, 422 … : the same request would fail again. */
  | "rejected"
  | "modelNotFound"
  | "contextWindow"
  | "invalidPrompt"
  | "cyberPolicy"
  | "rateLimited"
  | "usageLimit"
  | "quota"
  | "usageNotIncluded"
  | "serverError"
  /** The model is at capacity: said with a status before the reply, or in the middle of one. */
  | "overloaded"
  | "overloadedInReply"
  /** `response.failed` with any other code. */
  | "responseFailed"
  | "incomplete"
  | "closed"
  | "broken"
  | "idle";
