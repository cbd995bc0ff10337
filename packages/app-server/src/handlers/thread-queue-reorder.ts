import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

export const threadQueueReorder: Handler<"thread/queue/reorder"> = async (params, { server }) => {
  const reordered = server.engine.queue.reorder(params);
  if (!reordered.ok) return reordered;
  server.subscriptions.notify({ method: "thread/queue/changed", params: { threadId: params.threadId } });
  return ok({});
};
