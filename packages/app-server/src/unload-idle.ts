import type { Engine } from "@codex/core/engine";
import type { ServerNotification } from "@codex/protocol/notifications";
import { notLoaded } from "./not-loaded.ts";
import type { Subscriptions } from "./subscriptions.ts";

/** Seconds that a thread stays loaded after its last client has left and its last turn has ended. Source: the original. */
const defaultDelay = 30 * 60;
/** What a timer can wait at most. */
const longest = 0x7fff_ffff;

export type IdleThreads = {
  /** Hears what becomes of threads: one that comes to rest may have nobody left who hears of it. */
  note(event: ServerNotification): void;
};

/**
 * Closes threads that nobody hears of and in which nothing runs, so that a server which has seen many does not hold them all.
 * `thread_unload_delay_secs` of the thread's config tells how long after.
 */
export function unloadIdle(engine: () => Engine, subscriptions: Subscriptions): IdleThreads {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const mayGo = (threadId: string): boolean => {
    const thread = engine().loadedThread(threadId);
    return thread !== undefined && thread.activeTurnId === undefined && !subscriptions.isHeard(threadId);
  };
  const unload = async (threadId: string): Promise<void> => {
    timers.delete(threadId);
    if (!(await engine().unloadThread(threadId, () => mayGo(threadId)))) return;
    subscriptions.notify(notLoaded(threadId));
    subscriptions.notify({ method: "thread/closed", params: { threadId } });
  };
  const look = (threadId: string): void => {
    clearTimeout(timers.get(threadId));
    timers.delete(threadId);
    if (!mayGo(threadId)) return;
    const seconds = engine().loadedThread(threadId)?.settings.config.thread_unload_delay_secs ?? defaultDelay;
    const timer = setTimeout(() => void unload(threadId), Math.min(seconds * 1000, longest));
    // A process that has nothing else to do may end.
    timer.unref();
    timers.set(threadId, timer);
  };

  subscriptions.whenLeft(look);
  return {
    note(event) {
      if (event.method === "turn/completed") look(event.params.threadId);
    },
  };
}
