import type { Audience } from "@codex/core/audience";
import type {
  ServerRequest,
  ServerRequestMethod,
  ServerRequestParams,
  ServerRequestResults,
} from "@codex/protocol/approvals";
import type { ThreadEvent } from "@codex/protocol/notifications";
import type { Connection } from "./connection.ts";
import { isAnswer } from "./is-answer.ts";
import { threadOf } from "./thread-of.ts";

/**
 * Who hears of which thread. A ThreadEvent is the notification; what belongs to no thread goes to everyone. A question goes
 * to every subscriber of its thread, and the first answer counts.
 */
export class Subscriptions implements Audience {
  readonly #connections = new Set<Connection>();
  readonly #byThread = new Map<string, Set<Connection>>();
  #nextRequestId = 0;

  add(connection: Connection): void {
    this.#connections.add(connection);
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection);
    for (const subscribers of this.#byThread.values()) subscribers.delete(connection);
  }

  subscribe(connection: Connection, threadId: string): void {
    const subscribers = this.#byThread.get(threadId) ?? new Set();
    this.#byThread.set(threadId, subscribers.add(connection));
  }

  notify(event: ThreadEvent): void {
    for (const connection of this.#listeners(threadOf(event))) this.tell(connection, event);
  }

  /** Tells one client alone, unless it does not want to hear of it. */
  tell(connection: Connection, event: ThreadEvent): void {
    if (!connection.optedOut.has(event.method)) connection.notify(event);
  }

  async ask<M extends ServerRequestMethod>(
    method: M,
    params: ServerRequestParams[M],
    signal: AbortSignal,
  ): Promise<ServerRequestResults[M]> {
    const request = { id: this.#nextRequestId++, method, params } as ServerRequest;
    const aborted = Promise.withResolvers<never>();
    const onAbort = () => aborted.reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    try {
      signal.throwIfAborted();
      const answers = [...this.#listeners(params.threadId)].map((connection) => answerOf(connection, request));
      const first = Promise.any(answers).catch(() => declined);
      return (await Promise.race([first, aborted.promise])) as ServerRequestResults[M];
    } finally {
      signal.removeEventListener("abort", onAbort);
      this.notify({ method: "serverRequest/resolved", params: { threadId: params.threadId, requestId: request.id } });
    }
  }

  #listeners(threadId: string | undefined): Iterable<Connection> {
    return threadId === undefined ? this.#connections : (this.#byThread.get(threadId) ?? []);
  }
}

/** Rejects for an answer that is none. */
async function answerOf(connection: Connection, request: ServerRequest): Promise<unknown> {
  const answer: unknown = await connection.ask(request);
  if (!isAnswer(request.method, answer)) throw new Error(`no answer to ${request.method}`);
  return answer;
}

/** What counts where nobody is there to answer, or nobody gave an answer that we know. */
const declined = { decision: "decline" } as const;
