import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

export const threadQueueUpdate: Handler<"thread/queue/update"> = async (params, { server }) => {
  const updated = server.engine.queue.update(params);
  if (!updated.ok) return updated;
  server.subscriptions.notify({ method: "thread/queue/changed", params: { threadId: params.threadId } });
  return ok({ queuedSubmission: updated.value });
};
