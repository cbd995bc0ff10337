import type { Audience, ThreadQuestion } from "@codex/core/audience";
import type { ServerRequestParams, ServerRequestResults } from "@codex/protocol/approvals";
import type { ThreadEvent } from "@codex/protocol/notifications";
import type { Connection } from "./connection.ts";
import { Question, type ThreadRequest } from "./question.ts";
import { threadOf } from "./thread-of.ts";

/**
 * Who hears of which thread. A ThreadEvent is the notification; what belongs to no thread goes to everyone. A question goes
 * to every subscriber of its thread, also to those who come while it is open; the first answer counts.
 */
export class Subscriptions implements Audience {
  readonly #connections = new Set<Connection>();
  readonly #byThread = new Map<string, Set<Connection>>();
  readonly #questions = new Map<string, Set<Question>>();
  #nextRequestId = 0;

  add(connection: Connection): void {
    this.#connections.add(connection);
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection);
    for (const subscribers of this.#byThread.values()) subscribers.delete(connection);
    for (const questions of this.#questions.values()) for (const question of questions) question.forget(connection);
  }

  /** From now on the client hears of the thread; what the thread waits for is put to it, also if it was before. */
  subscribe(connection: Connection, threadId: string): void {
    const subscribers = this.#byThread.get(threadId) ?? new Set();
    this.#byThread.set(threadId, subscribers.add(connection));
    for (const question of this.#questions.get(threadId) ?? []) question.put(connection);
  }

  notify(event: ThreadEvent): void {
    for (const connection of this.#listeners(threadOf(event))) this.tell(connection, event);
  }

  /** Tells one client alone, unless it does not want to hear of it. */
  tell(connection: Connection, event: ThreadEvent): void {
    if (!connection.optedOut.has(event.method)) connection.notify(event);
  }

  async ask<M extends ThreadQuestion>(
    method: M,
    params: ServerRequestParams[M],
    signal: AbortSignal,
  ): Promise<ServerRequestResults[M]> {
    const { threadId } = params;
    const question = new Question({ id: this.#nextRequestId++, method, params } as ThreadRequest);
    const aborted = Promise.withResolvers<never>();
    const onAbort = () => aborted.reject(signal.reason);
    signal.addEventListener("abort", onAbort, { once: true });
    this.#open(threadId, question);
    try {
      signal.throwIfAborted();
      for (const connection of this.#listeners(threadId)) question.put(connection);
      return (await Promise.race([question.answered, aborted.promise])) as ServerRequestResults[M];
    } finally {
      signal.removeEventListener("abort", onAbort);
      question.close();
      this.#forget(threadId, question);
      this.notify({ method: "serverRequest/resolved", params: { threadId, requestId: question.request.id } });
    }
  }

  #open(threadId: string, question: Question): void {
    const questions = this.#questions.get(threadId) ?? new Set();
    this.#questions.set(threadId, questions.add(question));
  }

  #forget(threadId: string, question: Question): void {
    const questions = this.#questions.get(threadId);
    questions?.delete(question);
    if (questions?.size === 0) this.#questions.delete(threadId);
  }

  #listeners(threadId: string | undefined): Iterable<Connection> {
    return threadId === undefined ? this.#connections : (this.#byThread.get(threadId) ?? []);
  }
}
