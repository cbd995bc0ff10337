import type { ServerRequest } from "@codex/protocol/approvals";
import { fail } from "@codex/protocol/errors";
import type { ServerNotification } from "@codex/protocol/notifications";
import type { Result } from "@codex/protocol/result";
import { encodeError, encodeNotification, encodeQuestion, encodeResult } from "./encode-message.ts";
import type { RequestId } from "./read-message.ts";
import { scopeOfNews } from "./scope-of-news.ts";

/**
 * What goes out to one client, in order. While a request about a thread is being answered, what is told of that thread waits,
 * so that an answer comes before the notifications that it causes.
 */
export type Outbox = {
  answer(id: RequestId | null, answer: Result<unknown>): void;
  notify(notification: ServerNotification): void;
  ask(question: ServerRequest): void;
  /** Holds back what is told of a thread, or of threads that are new (`newThreads`), until the returned function is called. */
  hold(scope: string): () => void;
};

/** The scope of requests that make a thread: its id is not known before the answer. */
export const newThreads = "new threads";

export function openOutbox(send: (text: string) => void): Outbox {
  const holds = new Map<string, number>();
  const madeMeanwhile = new Set<string>();
  let held: { scope: string; text: string }[] = [];

  /** By which hold a message of this thread has to wait. */
  const holding = (threadId: string | undefined, isNew: boolean): string | undefined => {
    if (holds.size === 0 || threadId === undefined) return undefined;
    if (holds.has(threadId)) return threadId;
    if (!holds.has(newThreads)) return undefined;
    // All that is told of a thread after it was made waits with the news of it.
    if (isNew) madeMeanwhile.add(threadId);
    return madeMeanwhile.has(threadId) ? newThreads : undefined;
  };
  const pass = (scope: string | undefined, text: string) => {
    if (scope === undefined) send(text);
    else held.push({ scope, text });
  };

  const release = (scope: string) => {
    const left = (holds.get(scope) ?? 0) - 1;
    if (left > 0) {
      holds.set(scope, left);
      return;
    }
    holds.delete(scope);
    if (scope === newThreads) madeMeanwhile.clear();
    const free = held.filter((message) => message.scope === scope);
    held = held.filter((message) => message.scope !== scope);
    for (const { text } of free) send(text);
  };

  return {
    answer: (id, answer) => send(encodeAnswer(id, answer)),
    notify(notification) {
      const isNew = notification.method === "thread/started";
      pass(holding(scopeOfNews(notification), isNew), encodeNotification(notification));
    },
    ask(question) {
      const threadId = "threadId" in question.params ? question.params.threadId : undefined;
      pass(holding(threadId, false), encodeQuestion(question));
    },
    hold(scope) {
      holds.set(scope, (holds.get(scope) ?? 0) + 1);
      let released = false;
      return () => {
        if (!released) release(scope);
        released = true;
      };
    },
  };
}

/** A result that is no JSON is a bug of ours, which must not cost the client its answer. */
function encodeAnswer(id: RequestId | null, answer: Result<unknown>): string {
  if (!answer.ok) return encodeError(id, answer.error);
  try {
    return encodeResult(id, answer.value);
  } catch (error) {
    return encodeError(id, fail("internal", String(error)));
  }
}
