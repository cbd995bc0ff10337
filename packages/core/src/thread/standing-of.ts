import type { MethodResult } from "@codex/protocol/methods";
import type { ServerNotification } from "@codex/protocol/notifications";
import type { StoredThread } from "../store/stored-thread.ts";
import { lastPlaces } from "../thread-history.ts";
import { breakdown } from "./usage-meter.ts";

/** What a client that comes to a thread is told of where it stands. */
export type Standing = {
  /** Where to begin to read its history backwards: for `thread/turns/list` and `thread/items/list`; null for none. */
  readonly cursors: Pick<MethodResult<"thread/revert">, "turnsBackwardsCursor" | "itemsBackwardsCursor">;
  /** As it was told when it was counted last. */
  readonly usage: Extract<ServerNotification, { method: "thread/tokenUsage/updated" }>["params"] | undefined;
};

/** Where a thread stands by what is stored of it; its items need not have been read. */
export function standingOf(stored: StoredThread): Standing {
  const { id: threadId } = stored.meta;
  const { tokenCount, turns } = stored;
  const turnId = turns.at(-1)?.id;
  return {
    cursors: lastPlaces(threadId, stored),
    usage:
      tokenCount === undefined || turnId === undefined
        ? undefined
        : {
            threadId,
            turnId,
            tokenUsage: {
              total: breakdown(tokenCount.total),
              last: breakdown(tokenCount.last),
              modelContextWindow: tokenCount.contextWindow,
            },
          },
  };
}
