import { isUuid, newId } from "@codex/platform/ids";
import { fail } from "@codex/protocol/errors";
import type { MethodResult, Params } from "@codex/protocol/methods";
import type { QueuedSubmission } from "@codex/protocol/queued-submission";
import { err, ok, type Result } from "@codex/protocol/result";
import type { LoadedThreads } from "./loaded-threads.ts";
import { changeQueue, readQueue } from "./store/queue-file.ts";
import type { ThreadStore } from "./store/thread-store.ts";

/** What waits to be said in threads, loaded or not. */
export type ThreadQueue = {
  add(params: Params<"thread/queue/add">): Result<QueuedSubmission>;
  list(params: Params<"thread/queue/list">): Result<MethodResult<"thread/queue/list">>;
  update(params: Params<"thread/queue/update">): Result<QueuedSubmission>;
  reorder(params: Params<"thread/queue/reorder">): Result<void>;
  /** Takes one out, the first where none is named; undefined where there is none. */
  take(threadId: string, id?: string): Result<QueuedSubmission | undefined>;
  /** Puts back what could not be said, as the first. */
  putBack(threadId: string, item: QueuedSubmission): Result<void>;
};

export function threadQueue(
  codexHome: string,
  store: Pick<ThreadStore, "isActive">,
  loaded: Pick<LoadedThreads, "get">,
): ThreadQueue {
  const known = (id: string): Result<void> => {
    if (!isUuid(id)) return err(fail("invalidThreadId", id));
    const running = loaded.get(id);
    if (running) return running.isStored ? ok(undefined) : err(fail("ephemeralHistory", "queues"));
    const active = store.isActive(id);
    if (!active.ok) return active;
    return active.value ? ok(undefined) : err(fail("threadArchived", id));
  };
  const changing = <T>(threadId: string, change: Parameters<typeof changeQueue<T>>[2]): Result<T> => {
    const thread = known(threadId);
    return thread.ok ? changeQueue(codexHome, threadId, change) : thread;
  };

  return {
    add: ({ threadId, input, clientUserMessageId, responsesapiClientMetadata }) => {
      if (input.length === 0) return err(fail("emptyInput"));
      const metadata = responsesapiClientMetadata ?? null;
      const item = { id: newId(), input, clientUserMessageId, responsesapiClientMetadata: metadata };
      return changing(threadId, (items) => ok({ items: [...items, item], value: item }));
    },

    list({ threadId, cursor, limit }) {
      const thread = known(threadId);
      if (!thread.ok) return thread;
      const items = readQueue(codexHome, threadId);
      const from = cursor ? items.findIndex(({ id }) => id === cursor) + 1 : 0;
      if (cursor && from === 0) return err(fail("unknownCursor", cursor));
      const data = items.slice(from, from + Math.max(limit ?? 25, 1));
      return ok({ data, nextCursor: from + data.length < items.length ? (data.at(-1)?.id ?? null) : null });
    },

    update: ({ threadId, queuedSubmissionId, input, responsesapiClientMetadata }) => {
      if (input.length === 0) return err(fail("emptyInput"));
      return changing(threadId, (items) => {
        const before = items.find(({ id }) => id === queuedSubmissionId);
        if (!before) return err(fail("refusedParams", `queued submission not found: ${queuedSubmissionId}`));
        const given = Object.keys(responsesapiClientMetadata ?? {}).length > 0 ? responsesapiClientMetadata : undefined;
        const metadata = given ?? before.responsesapiClientMetadata;
        const value = { ...before, input, responsesapiClientMetadata: metadata };
        return ok({ items: items.map((item) => (item === before ? value : item)), value });
      });
    },

    reorder: ({ threadId, queuedSubmissionIds: order }) =>
      changing(threadId, (items) => {
        const sorted = order.flatMap((id) => items.filter((item) => item.id === id));
        if (sorted.length !== items.length || order.length !== items.length) {
          return err(fail("refusedParams", "queuedSubmissionIds must name every queued submission once"));
        }
        return ok({ items: sorted, value: undefined });
      }),

    take: (threadId, id) =>
      readQueue(codexHome, threadId).length === 0
        ? ok(undefined)
        : changing(threadId, (items) => {
            const value = id === undefined ? items[0] : items.find((item) => item.id === id);
            return ok({ items: items.filter((item) => item !== value), value });
          }),

    putBack: (threadId, item) => changing(threadId, (items) => ok({ items: [item, ...items], value: undefined })),
  };
}
