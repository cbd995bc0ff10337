import type { Audience, ThreadQuestion } from "@codex/core/audience";
import type {
  ServerRequest,
  ServerRequestMethod,
  ServerRequestParams,
  ServerRequestResults,
} from "@codex/protocol/approvals";
import type { ThreadEvent } from "@codex/protocol/notifications";
import type { Connection } from "./connection.ts";
import { Question, type ThreadRequest } from "./question.ts";
import { isForAll, threadOf } from "./thread-of.ts";

/**
 * Who hears of which thread. A ThreadEvent is the notification; what belongs to no thread, or changes the list of them, goes
 * to everyone. A question goes to every subscriber of its thread, also to those who come while it is open; the first answer
 * counts.
 */
export class Subscriptions implements Audience {
  readonly #connections = new Set<Connection>();
  readonly #byThread = new Map<string, Set<Connection>>();
  readonly #questions = new Map<string, Set<Question>>();
  /** The ids of questions that an interrupt has withdrawn, until its turn has ended. */
  readonly #withdrawn = new Map<string, number[]>();
  #nextRequestId = 0;
  #left: (threadId: string) => void = () => {};

  add(connection: Connection): void {
    this.#connections.add(connection);
  }

  remove(connection: Connection): void {
    this.#connections.delete(connection);
    for (const threadId of [...this.#byThread.keys()]) this.unsubscribe(connection, threadId);
    for (const questions of this.#questions.values()) for (const question of questions) question.forget(connection);
  }

  /** From now on the client hears of the thread; what the thread waits for is put to it, also if it was before. */
  subscribe(connection: Connection, threadId: string): void {
    const subscribers = this.#byThread.get(threadId) ?? new Set();
    this.#byThread.set(threadId, subscribers.add(connection));
    for (const question of this.#questions.get(threadId) ?? []) question.put(connection);
  }

  /** False where the client did not hear of the thread. */
  unsubscribe(connection: Connection, threadId: string): boolean {
    const subscribers = this.#byThread.get(threadId);
    const left = subscribers?.delete(connection) ?? false;
    for (const question of this.#questions.get(threadId) ?? []) question.forget(connection);
    if (subscribers?.size === 0) this.#byThread.delete(threadId);
    if (left) this.#left(threadId);
    return left;
  }

  /** Whether anybody hears of the thread. */
  isHeard(threadId: string): boolean {
    return (this.#byThread.get(threadId)?.size ?? 0) > 0;
  }

  /** Whether a client that is no part of this program hears of the thread. */
  isHeardOutside(threadId: string): boolean {
    return [...(this.#byThread.get(threadId) ?? [])].some((connection) => connection.checksParams);
  }

  /** `left` is called with each thread that a client has stopped hearing of. */
  whenLeft(left: (threadId: string) => void): void {
    this.#left = left;
  }

  notify(event: ThreadEvent): void {
    const about = isForAll(event) ? undefined : threadOf(event);
    for (const connection of this.#listeners(about)) this.tell(connection, event);
    if (event.method !== "turn/completed") return;
    // As the original does: first that the turn is over, then that its questions are.
    const { threadId } = event.params;
    for (const requestId of this.#withdrawn.get(threadId) ?? []) this.#tellResolved(threadId, requestId);
    this.#withdrawn.delete(threadId);
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
      const answer = await Promise.race([question.answered, aborted.promise]);
      this.#tellResolved(threadId, question.request.id);
      return answer as ServerRequestResults[M];
    } catch (interrupted) {
      this.#withdrawn.set(threadId, [...(this.#withdrawn.get(threadId) ?? []), question.request.id]);
      throw interrupted;
    } finally {
      signal.removeEventListener("abort", onAbort);
      question.close();
      this.#forget(threadId, question);
    }
  }

  /**
   * Asks one client something that belongs to no thread. The answer is as it came; rejects as `Connection.ask` does. Nobody
   * else is asked, and nothing is said when it is settled.
   */
  askOne<M extends Exclude<ServerRequestMethod, ThreadQuestion>>(
    connection: Connection,
    method: M,
    params: ServerRequestParams[M],
  ): Promise<unknown> {
    const request = { id: this.#nextRequestId++, method, params } as ServerRequest;
    return connection.ask(request);
  }

  #tellResolved(threadId: string, requestId: number): void {
    this.notify({ method: "serverRequest/resolved", params: { threadId, requestId } });
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
