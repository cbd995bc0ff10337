import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

/** What waits for a thread at rest is said at once. */
export const threadQueueAdd: Handler<"thread/queue/add"> = async (params, { server }) => {
  const added = server.engine.queue.add(params);
  if (!added.ok) return added;
  const { threadId } = params;
  server.subscriptions.notify({ method: "thread/queue/changed", params: { threadId } });
  void server.queues.look(threadId);
  return ok({ queuedSubmission: added.value });
};
