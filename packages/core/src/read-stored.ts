import { isUuid } from "@codex/platform/ids";
import { fileFacts } from "@codex/platform/list-folder";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Thread as ThreadSummary } from "@codex/protocol/thread";
import type { LoadedThreads } from "./loaded-threads.ts";
import type { Engine } from "./engine.ts";
import { listWish, pageCursors } from "./list-page.ts";
import type { OpenDeps } from "./open-threads.ts";
import type { ListedThread } from "./store/thread-summary.ts";
import type { StoredThread } from "./store/stored-thread.ts";
import type { ThreadStore } from "./store/thread-store.ts";
import { describeListed, describeStored } from "./thread/describe-thread.ts";
import { standingOf } from "./thread/standing-of.ts";
import { historyOf, itemsPage, turnsPage, type ThreadHistory } from "./thread-history.ts";

type Reading = Pick<Engine, "readThread" | "listThreads" | "listTurns" | "listItems" | "standing">;

/** What is told of threads without loading them; of one that is loaded, what it says itself. */
export function readStored(
  deps: Pick<OpenDeps, "cwd" | "loadConfig">,
  store: ThreadStore,
  loaded: Pick<LoadedThreads, "get">,
): Reading {
  const describe = (listed: ListedThread): ThreadSummary => {
    const running = loaded.get(listed.id)?.describe({ turns: false });
    return running ? { ...running, canAcceptDirectInput: null } : describeListed(listed);
  };

  const provider = async (): Promise<string | undefined> => {
    const config = await deps.loadConfig(deps.cwd, {});
    return config.ok ? (config.value.config.model_provider ?? "openai") : undefined;
  };

  const recent = rememberLast(store);

  /** Empty for a thread of which nothing is on disk yet. */
  const history = (threadId: string, method: string): Result<ThreadHistory> => {
    if (!isUuid(threadId)) return err(fail("invalidThreadId", threadId));
    const running = loaded.get(threadId);
    if (running && !running.isStored) return err(fail("ephemeralHistory", method));
    const stored = recent.read(threadId);
    if (stored.ok) return ok(historyOf(stored.value, running?.activeTurnId));
    if (stored.error.code !== "threadNotFound") return stored;
    return running ? ok({ threadId, turns: [], places: [] }) : err(fail("threadUnknown", threadId));
  };

  return {
    async readThread({ threadId, includeTurns = false }) {
      const running = loaded.get(threadId);
      if (running) return ok(running.describe({ turns: includeTurns }));
      if (!isUuid(threadId)) return err(fail("invalidThreadId", threadId));
      const listed = includeTurns ? undefined : await store.listed(threadId);
      if (listed?.ok) return ok(describeListed(listed.value));
      const stored = store.read(threadId, { turns: true, history: false });
      if (!stored.ok) return stored.error.code === "threadNotFound" ? err(fail("threadUnknown", threadId)) : stored;
      const turns = includeTurns ? historyOf(stored.value, undefined).turns.map(({ value }) => value) : [];
      return ok(describeStored(stored.value, store.nameOf(threadId) ?? null, store.metadataOf(threadId), turns));
    },

    async listThreads(params) {
      const { modelProviders } = params;
      const place = { cwd: deps.cwd, provider: modelProviders ? undefined : await provider() };
      const wish = listWish(params, place);
      if (!wish.ok) return wish;
      if (wish.value === undefined) return ok({ data: [], nextCursor: null, backwardsCursor: null });
      const { filter, order } = wish.value;
      const page = await store.list(filter, order);
      return ok({ data: page.threads.map(describe), ...pageCursors(page, order) });
    },

    async listTurns({ threadId, ...wish }) {
      const found = history(threadId, "thread/turns/list");
      return found.ok ? turnsPage(found.value, wish) : found;
    },

    async listItems({ threadId, ...wish }) {
      const found = history(threadId, "thread/items/list");
      return found.ok ? itemsPage(found.value, wish) : found;
    },

    standing(id) {
      const begun = loaded.get(id)?.begun;
      if (begun && fileFacts(begun.path)?.size === begun.bytes) return begun.standing;
      const stored = store.read(id, { turns: false, history: false });
      if (stored.ok) return standingOf(stored.value);
      return { cursors: { turnsBackwardsCursor: null, itemsBackwardsCursor: null }, usage: undefined };
    },
  };
}

/** Milliseconds. Who reads a history in pages asks for one soon after the other. */
const remembered = 10_000;

/** Reads what faces show of threads; the last one read is kept for a while, as long as its file does not change. */
function rememberLast(store: ThreadStore): { read(threadId: string): Result<StoredThread> } {
  let last: { stamp: string; thread: StoredThread } | undefined;
  let forgetting: ReturnType<typeof setTimeout> | undefined;
  return {
    read(threadId) {
      const stamp = store.stamp(threadId);
      if (!stamp.ok) return stamp;
      if (last?.stamp === stamp.value) return ok(last.thread);
      const read = store.read(threadId, { turns: true, history: false });
      if (!read.ok) return read;
      last = { stamp: stamp.value, thread: read.value };
      clearTimeout(forgetting);
      forgetting = setTimeout(() => void (last = undefined), remembered);
      forgetting.unref();
      return read;
    },
  };
}
