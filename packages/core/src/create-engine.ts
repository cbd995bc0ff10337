import { isUuid } from "@codex/platform/ids";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Thread as ThreadSummary } from "@codex/protocol/thread";
import type { Engine } from "./engine.ts";
import { createThreadOpener, type OpenDeps } from "./open-threads.ts";
import type { ListedThread } from "./store/list-threads.ts";
import { openThreadStore } from "./store/thread-store.ts";
import { describeListed, describeStored } from "./thread/describe-thread.ts";
import type { Thread } from "./thread/thread.ts";

export type EngineDeps = OpenDeps;

/** The threads that are loaded, and the way to those that are stored. */
export function createEngine(deps: EngineDeps): Engine {
  const store = openThreadStore({ codexHome: deps.codexHome, clock: deps.clock });
  const opener = createThreadOpener(deps, store);
  const loaded = new Map<string, Thread>();
  const resuming = new Map<string, Promise<Result<Thread>>>();

  const keep = (thread: Result<Thread>): Result<Thread> => {
    if (thread.ok) loaded.set(thread.value.id, thread.value);
    return thread;
  };
  const describe = (listed: ListedThread): ThreadSummary =>
    loaded.get(listed.id)?.describe({ turns: false }) ?? describeListed(listed);

  return {
    codexHome: deps.codexHome,
    host: deps,
    userAgent: (client) => opener.userAgent(client),
    loadedThread: (id) => loaded.get(id),

    startThread: async (params, client) => keep(await opener.start(params, client)),

    async resumeThread(params, client) {
      const { threadId } = params;
      const running = loaded.get(threadId);
      if (running) return ok(running);
      if (!isUuid(threadId)) return err(fail("invalidThreadId", threadId));
      // A second client that resumes it meanwhile gets the same thread.
      const begun = resuming.get(threadId) ?? opener.resume(params, client).finally(() => resuming.delete(threadId));
      resuming.set(threadId, begun);
      return keep(await begun);
    },

    async forkThread(params, client) {
      if (!isUuid(params.threadId)) return err(fail("invalidThreadId", params.threadId));
      return keep(await opener.fork(params, client));
    },

    async readThread({ threadId, includeTurns = false }) {
      const running = loaded.get(threadId);
      if (running) return ok(running.describe({ turns: includeTurns }));
      if (!isUuid(threadId)) return err(fail("invalidThreadId", threadId));
      const stored = store.read(threadId, { turns: includeTurns });
      if (!stored.ok) return stored;
      return ok(describeStored(stored.value, store.nameOf(threadId) ?? null, stored.value.turns));
    },

    async listThreads({ cwd, searchTerm, archived, limit, cursor }) {
      const threads = await store.list({
        archived: archived ?? false,
        ...(cwd ? { cwd: [cwd].flat() } : {}),
        ...(searchTerm ? { searchTerm } : {}),
      });
      const from = cursor ? threads.findIndex((thread) => thread.id === cursor) + 1 : 0;
      if (cursor && from === 0) return err(fail("unknownCursor", cursor));
      const page = threads.slice(from, from + (limit ?? 25));
      const more = from + page.length < threads.length;
      return ok({ data: page.map(describe), nextCursor: more ? (page.at(-1)?.id ?? null) : null });
    },

    async nameThread({ threadId, name }) {
      if (name.trim() === "") return err(fail("emptyThreadName"));
      const running = loaded.get(threadId);
      if (running && !running.isStored) return err(fail("ephemeralThread", threadId));
      if (!isUuid(threadId)) return err(fail("invalidThreadId", threadId));
      const known = running ? ok(undefined) : store.read(threadId, { turns: false });
      const named = known.ok ? store.setName(threadId, name) : known;
      if (named.ok) running?.rename(name);
      return named;
    },

    async close() {
      await Promise.all([...loaded.values()].map((thread) => thread.close()));
      loaded.clear();
    },
  };
}
