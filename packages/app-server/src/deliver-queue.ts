import type { Engine } from "@codex/core/engine";
import type { ServerNotification } from "@codex/protocol/notifications";
import type { Turn } from "@codex/protocol/thread";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Subscriptions } from "./subscriptions.ts";
import type { Work } from "./track-work.ts";

/** Says in threads what waits in their queues, one thing after the other. */
export type QueueDelivery = {
  /** Begins a turn with what waits first, or with the one named; an error where nothing waits. */
  start(threadId: string, id?: string): Promise<Result<Turn>>;
  /** The same for a loaded thread at rest in which something waits; else nothing. */
  look(threadId: string): Promise<void>;
  /** Hears what becomes of threads. What waits goes on after a turn that went well: who stopped one wants to see to it first. */
  note(event: ServerNotification): void;
};

export function deliverQueue(
  engine: () => Engine,
  subscriptions: Subscriptions,
  work: Pick<Work, "draining">,
): QueueDelivery {
  const changed = (threadId: string): void =>
    subscriptions.notify({ method: "thread/queue/changed", params: { threadId } });

  const start: QueueDelivery["start"] = async (threadId, id) => {
    const thread = engine().loadedThread(threadId);
    if (!thread) return err(fail("threadNotLoaded", threadId));
    const taken = engine().queue.take(threadId, id);
    if (!taken.ok) return taken;
    const item = taken.value;
    if (!item) return err(fail("refusedParams", `nothing is queued for thread ${threadId}`));
    const { input, clientUserMessageId } = item;
    const turn = await thread.startTurn({ threadId, input, clientUserMessageId });
    if (!turn.ok) engine().queue.putBack(threadId, item);
    changed(threadId);
    return turn.ok ? ok(turn.value) : turn;
  };

  const look = async (threadId: string): Promise<void> => {
    const thread = engine().loadedThread(threadId);
    if (!thread?.isStored || thread.activeTurnId !== undefined || work.draining) return;
    const waiting = engine().queue.list({ threadId, limit: 1 });
    if (waiting.ok && waiting.value.data.length > 0) await start(threadId);
  };

  return {
    start,
    look,
    note(event) {
      if (event.method !== "turn/completed" || event.params.turn.status !== "completed") return;
      const { threadId } = event.params;
      // A face in this process has one turn to show, and ends with it.
      if (subscriptions.isHeardOutside(threadId)) void look(threadId);
    },
  };
}
