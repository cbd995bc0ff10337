import type { Signature } from "@codex/auth/signer";
import type { ResponsesRequest } from "@codex/protocol/responses";
import { describeFailure, describeRetry } from "./describe-failure.ts";
import type { Failure } from "./failure.ts";
import type { ModelEvent } from "./model-event.ts";
import { rateLimitsOfHeaders } from "./rate-limits.ts";
import { createEventReader, type EventReaderDeps } from "./read-event.ts";
import { redact } from "./redact.ts";
import { planRetry, type RetryLimits } from "./retry.ts";
import type { TokenSource } from "./token-source.ts";
import type { Transport } from "./transport.ts";
import { keepTurnState, type TurnState } from "./turn-state.ts";

/** What one sampling needs, whichever provider. */
export type StreamOptions = {
  transport: Transport;
  token: TokenSource;
  /** All but those of the token source and `x-codex-turn-state`, which this module adds. */
  headers: Record<string, string>;
  /** Values of headers that must not be shown, besides the token. */
  secrets: readonly string[];
  retries: RetryLimits;
  /** One per turn. */
  turnState: TurnState;
  signal: AbortSignal;
  timing: Timing;
} & EventReaderDeps;

/** Time and chance, so that tests may hold them. */
export type Timing = {
  /** Resolves early when `signal` aborts. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /** In [0, 1). */
  random(): number;
};

/**
 * Samples the model once, retries included: the last event is `completed` or `failed`. When `signal` aborts, the
 * iteration ends at once without either; leaving it early closes the connection.
 *
 * `request` is asked anew for every attempt. After "retrying", deltas of unfinished items are void (close what they
 * began), but an `item` stays delivered: append it, and a tool's output once it has one, to what `request` returns, and
 * the model goes on from there instead of calling the tool a second time.
 * Before "failed", a message that broke off is delivered as `item` with status "incomplete".
 */
export async function* streamResponses(
  request: () => ResponsesRequest | Promise<ResponsesRequest>,
  options: StreamOptions,
): AsyncGenerator<ModelEvent, void> {
  const { signal, timing, retries, now } = options;
  let done = 0;
  let renewals = 0;
  while (!signal.aborted) {
    const failed = yield* attempt(await request(), options);
    if (failed === undefined || signal.aborted) return;
    const { unfinished } = failed;
    let { failure } = failed;
    if (failure.rateLimits) yield { type: "rateLimits", snapshot: failure.rateLimits };

    if (failure.kind === "unauthorized" && renewals < mostRenewals) {
      const renewal = await options.token.renew(++renewals);
      if (signal.aborted) return;
      if (renewal.ok && renewal.value) continue;
      if (!renewal.ok) failure = { kind: "noToken", message: renewal.error };
    }
    const retry = planRetry(failure, done, retries, timing.random);
    if (retry === undefined) {
      yield* unfinished;
      yield { type: "failed", error: describeFailure(failure, now()) };
      return;
    }
    done = retry.attempt;
    const error = describeRetry(failure, retry.attempt, retry.attempts, now());
    const message = `${error.message} (${error.additionalDetails})`;
    yield { type: "retrying", message, attempt: retry.attempt, attempts: retry.attempts, error };
    await timing.sleep(retry.delayMs, signal);
  }
}

/** A source ends it sooner by itself: once with what another process has stored, once with what it was given anew. */
const mostRenewals = 3;

type Failed = { failure: Failure; unfinished: ModelEvent[] };

/** One request and its reply. Returns undefined when the reply completed or `signal` aborted. */
async function* attempt(
  body: ResponsesRequest,
  options: StreamOptions,
): AsyncGenerator<ModelEvent, Failed | undefined> {
  const { signal } = options;
  const signature = await options.token.current();
  if (signal.aborted) return undefined;
  if (!signature.ok) return { failure: { kind: "noToken", message: signature.error }, unfinished: [] };
  const { token, login, origin } = signature.value;
  const secrets = token === undefined ? options.secrets : [...options.secrets, token];
  const clean = (failure: Failure): Failure => ({ ...failure, message: redact(failure.message, secrets) });

  // our own signal for the transport, so that nothing stays registered on the turn's when this attempt is over
  const controller = new AbortController();
  const abort = () => controller.abort(signal.reason);
  signal.addEventListener("abort", abort, { once: true });
  if (signal.aborted) abort();
  try {
    const headers = requestHeaders(options, signature.value);
    const reply = await options.transport({ body, headers, login, origin }, controller.signal);
    if (!reply.ok) return { failure: clean(reply.error), unfinished: [] };
    yield { type: "rateLimits", snapshot: rateLimitsOfHeaders(reply.value.headers) };
    yield* readReplyHeaders(reply.value.headers, body.model, options);

    const reader = createEventReader(options);
    for await (const batch of reply.value.batches) {
      if (signal.aborted) return undefined;
      if (batch.type === "ended") return { failure: clean(batch.failure), unfinished: reader.unfinished() };
      for (const text of batch.texts) {
        for (const reading of reader.read(text)) {
          if (reading.type === "failure") return { failure: clean(reading.failure), unfinished: reader.unfinished() };
          if (reading.type === "headers") yield* readLateHeaders(reading.headers, body.model, options);
          else yield reading;
          if (signal.aborted || reading.type === "completed") return undefined;
        }
      }
    }
    return undefined;
  } catch (error) {
    if (signal.aborted) return undefined;
    throw error;
  } finally {
    signal.removeEventListener("abort", abort);
  }
}

function requestHeaders(
  { headers, turnState }: StreamOptions,
  { token, headers: own }: Signature,
): Record<string, string> {
  return {
    ...headers,
    ...own,
    ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
    ...(turnState.value === undefined ? {} : { "x-codex-turn-state": turnState.value }),
  };
}

function* readReplyHeaders(headers: Headers, asked: string, { turnState }: StreamOptions): Generator<ModelEvent> {
  keepTurnState(turnState, headers);
  const answered = headers.get("openai-model");
  if (answered !== null && answered.toLowerCase() !== asked.toLowerCase())
    yield { type: "rerouted", from: asked, to: answered };
}

/** Headers that come as an event (`response.metadata`) need not tell the limits; then the earlier ones stay. */
function* readLateHeaders(headers: Headers, asked: string, options: StreamOptions): Generator<ModelEvent> {
  const snapshot = rateLimitsOfHeaders(headers);
  if (snapshot.primary ?? snapshot.secondary ?? snapshot.credits) yield { type: "rateLimits", snapshot };
  yield* readReplyHeaders(headers, asked, options);
}
