import { describeSettings } from "@codex/core/thread/describe-settings";
import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { clientOf } from "../opened-thread.ts";

/** The client hears of the thread from now on; what it missed is told right after the answer. */
export const threadResume: Handler<"thread/resume"> = async (params, { server, connection }) => {
  const { engine, subscriptions } = server;
  const wasLoaded = engine.loadedThread(params.threadId) !== undefined;
  const resumed = await engine.resumeThread(params, clientOf(connection));
  if (!resumed.ok) return resumed;
  const thread = resumed.value;
  const { id: threadId } = thread;
  const page = params.initialTurnsPage ? await engine.listTurns({ threadId, ...params.initialTurnsPage }) : ok(null);
  if (!page.ok) return page;
  const { cursors, usage } = engine.standing(threadId);
  const opened = thread.opened({ turns: params.excludeTurns !== true });

  subscriptions.subscribe(connection, threadId);
  if (!wasLoaded) {
    subscriptions.notify({ method: "thread/status/changed", params: { threadId, status: opened.thread.status } });
  }
  // While a turn runs its own next count is near.
  if (usage && thread.activeTurnId === undefined) {
    subscriptions.tell(connection, { method: "thread/tokenUsage/updated", params: usage });
  }
  subscriptions.notify({ method: "thread/goal/cleared", params: { threadId } });
  void server.queues.look(threadId);
  const { collaborationMode } = describeSettings(thread.settings);
  return ok({ ...opened, collaborationMode, initialTurnsPage: page.value, ...cursors });
};
