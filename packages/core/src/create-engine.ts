import { isUuid } from "@codex/platform/ids";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Thread as ThreadSummary } from "@codex/protocol/thread";
import { changeStored } from "./change-stored.ts";
import type { Engine } from "./engine.ts";
import type { LoadedThreads } from "./loaded-threads.ts";
import { createThreadOpener, type OpenDeps } from "./open-threads.ts";
import { readStored } from "./read-stored.ts";
import { openThreadStore } from "./store/thread-store.ts";
import { threadQueue } from "./thread-queue.ts";
import type { Thread } from "./thread/thread.ts";

export type EngineDeps = OpenDeps;

/** The threads that are loaded, and the way to those that are stored. */
export function createEngine(deps: EngineDeps): Engine {
  const store = openThreadStore({ codexHome: deps.codexHome, clock: deps.clock });
  const opener = createThreadOpener(deps, store);
  const loaded = new Map<string, Thread>();
  /** Threads on their way in or out, by id: the next one waits, since a thread has one writer. */
  const moving = new Map<string, Promise<unknown>>();

  const keep = (thread: Result<Thread>): Result<Thread> => {
    if (thread.ok) loaded.set(thread.value.id, thread.value);
    return thread;
  };
  const alone = async <T>(id: string, act: () => Promise<T>): Promise<T> => {
    const before = moving.get(id);
    const done = (async () => {
      await before?.catch(() => undefined);
      return act();
    })();
    moving.set(id, done);
    try {
      return await done;
    } finally {
      if (moving.get(id) === done) moving.delete(id);
    }
  };
  const unload = async (id: string): Promise<boolean> => {
    const thread = loaded.get(id);
    if (!thread) return false;
    loaded.delete(id);
    await thread.close();
    return true;
  };
  const threads: LoadedThreads = { get: (id) => loaded.get(id), unload };
  const read = readStored(deps, store, threads);
  const change = changeStored(store, threads);
  const changing = <T>(id: string, act: () => Promise<Result<T>>): Promise<Result<T>> =>
    isUuid(id) ? alone(id, act) : Promise.resolve(err(fail("invalidThreadId", id)));
  const readBack = (id: string) => (): Promise<Result<ThreadSummary>> => read.readThread({ threadId: id });

  return {
    codexHome: deps.codexHome,
    host: deps,
    userAgent: (client) => opener.userAgent(client),
    loadedThread: (id) => loaded.get(id),
    loadedThreads: () => [...loaded.values()].sort((a, b) => (a.id < b.id ? -1 : 1)),
    unloadThread: (id, may) =>
      alone(id, async () => {
        // Who was given the thread just now says so in this breath.
        await Bun.sleep(0);
        return may() && unload(id);
      }),
    startThread: async (params, client) => keep(await opener.start(params, client)),

    resumeThread: (params, client) =>
      // A second client that resumes it meanwhile gets the same thread.
      changing(params.threadId, async () => {
        const running = loaded.get(params.threadId);
        if (running) return ok(running);
        const active = params.path ? ok(true) : store.isActive(params.threadId);
        if (!active.ok) return active;
        if (!active.value) return err(fail("threadArchived", params.threadId));
        return keep(await opener.resume(params, client));
      }),

    async forkThread(params, client) {
      const { threadId, lastTurnId } = params;
      if (!isUuid(threadId)) return err(fail("invalidThreadId", threadId));
      if (lastTurnId && loaded.get(threadId)?.activeTurnId === lastTurnId) {
        return err(fail("turnInProgress", lastTurnId));
      }
      return keep(await opener.fork(params, client));
    },

    revertThread: (params, client) =>
      changing(params.threadId, async () => {
        const { threadId, beforeTurnId } = params;
        const running = loaded.get(threadId);
        if (running && !running.isStored) return err(fail("ephemeralHistory", "thread/revert"));
        const part = store.read(threadId, { turns: false }, { beforeTurn: beforeTurnId });
        if (!part.ok) return part.error.code === "threadNotFound" ? err(fail("threadNotLoaded", threadId)) : part;
        await unload(threadId);
        return keep(await opener.revert(params, client, running?.settings));
      }),

    ...read,
    queue: threadQueue(deps.codexHome, store, threads),
    nameThread: (params) => changing(params.threadId, async () => change.name(params)),
    updateMetadata: (params) =>
      changing(params.threadId, async () => {
        const noted = change.note(params);
        return noted.ok ? readBack(params.threadId)() : noted;
      }),
    archiveThread: (id) => changing(id, () => change.archive(id)),
    deleteThread: (id) => changing(id, () => change.delete(id)),
    unarchiveThread: (id) =>
      changing(id, async () => {
        const unarchived = store.unarchive(id);
        return unarchived.ok ? readBack(id)() : unarchived;
      }),

    async close() {
      await Promise.all([...loaded.values()].map((thread) => thread.close()));
      loaded.clear();
    },
  };
}
