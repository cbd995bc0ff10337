import type { Standing } from "../engine.ts";
import type { StoredThread } from "../store/stored-thread.ts";
import { lastPlaces } from "../thread-history.ts";
import { breakdown } from "./usage-meter.ts";

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
