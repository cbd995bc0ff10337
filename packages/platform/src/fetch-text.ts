import { err, ok, type Result } from "@codex/protocol/result";
import { plainFetch, type Fetch } from "./fetch.ts";
import { type HttpFailure, readFetchError, trustAlso } from "./http.ts";

export type TextRequest = {
  method: "GET" | "POST";
  url: string;
  headers: Record<string, string>;
  body?: string;
  /** For the whole exchange. */
  timeoutMs: number;
  /** PEM file to trust besides the built-in authorities, see `authorityFile`. */
  authorityFile?: string | undefined;
  signal?: AbortSignal | undefined;
  /** Bun's own when absent. */
  fetch?: Fetch | undefined;
};

export type TextReply = { status: number; headers: Headers; text: string };

/**
 * One small exchange, its reply read whole. Redirects are not followed: credentials must never travel to an address that
 * nobody configured. An aborted `signal` counts as a failure with the cause "cancelled"; this never rejects.
 */
export async function fetchText(request: TextRequest): Promise<Result<TextReply, HttpFailure>> {
  const { method, url, headers, body, timeoutMs, authorityFile, fetch = plainFetch } = request;
  const tls = authorityFile === undefined ? ok({}) : await trustAlso(authorityFile);
  if (!tls.ok) return tls;
  const patience = AbortSignal.timeout(timeoutMs);
  const signal = request.signal ? AbortSignal.any([patience, request.signal]) : patience;
  try {
    const reply = await fetch(url, {
      method,
      headers: { "accept-encoding": "identity", ...headers },
      ...(body === undefined ? {} : { body }),
      signal,
      redirect: "manual",
      ...tls.value,
    });
    return ok({ status: reply.status, headers: reply.headers, text: await reply.text() });
  } catch (error) {
    if (request.signal?.aborted) return err({ kind: "reset", cause: "cancelled" });
    if (patience.aborted) return err({ kind: "reset", cause: `no reply within ${timeoutMs / 1000} s` });
    return err(readFetchError(error));
  }
}
