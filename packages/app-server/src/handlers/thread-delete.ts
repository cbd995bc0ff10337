import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { notLoaded } from "../not-loaded.ts";

export const threadDelete: Handler<"thread/delete"> = async ({ threadId }, { server }) => {
  const wasLoaded = server.engine.loadedThread(threadId) !== undefined;
  const deleted = await server.engine.deleteThread(threadId);
  if (!deleted.ok) return deleted;
  if (wasLoaded) server.subscriptions.notify(notLoaded(threadId));
  server.subscriptions.notify({ method: "thread/deleted", params: { threadId } });
  return ok({});
};
