import type { Signature } from "@codex/auth/signer";
import type { ResponsesRequest } from "@codex/protocol/responses";
import type { Result } from "@codex/protocol/result";
import type { Failure } from "./failure.ts";

/**
 * Carries one request and its reply: HTTP with server-sent events (`http-transport.ts`), or another way that brings the
 * same JSON texts. Rejects only when `signal` aborts. No retries: those are `streamResponses`' business.
 */
export type Transport = (request: TransportRequest, signal: AbortSignal) => Promise<Result<Reply, Failure>>;

export type TransportRequest = {
  body: ResponsesRequest;
  headers: Record<string, string>;
  /** Who signs it, where the address depends on that. */
  login?: Signature["login"];
  /** Scheme and host to ask instead of the provider's, where the account lives elsewhere. */
  origin?: string | undefined;
};

export type Reply = {
  headers: Headers;
  /** In batches as they come off the wire. Returning from the iteration closes the reply, whole or not. */
  batches: AsyncIterable<Batch>;
};

/** `ended` is the last of every reply that its reader did not leave before. */
export type Batch = { type: "events"; texts: string[] } | { type: "ended"; failure: Failure };
