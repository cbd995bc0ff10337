import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

export const threadQueueDelete: Handler<"thread/queue/delete"> = async (params, { server }) => {
  const { threadId, queuedSubmissionId } = params;
  const taken = server.engine.queue.take(threadId, queuedSubmissionId);
  if (!taken.ok) return taken;
  const deleted = taken.value !== undefined;
  if (deleted) server.subscriptions.notify({ method: "thread/queue/changed", params: { threadId } });
  return ok({ deleted });
};
