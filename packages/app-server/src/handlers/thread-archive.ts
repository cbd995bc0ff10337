import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { notLoaded } from "../not-loaded.ts";

export const threadArchive: Handler<"thread/archive"> = async ({ threadId }, { server }) => {
  const wasLoaded = server.engine.loadedThread(threadId) !== undefined;
  const archived = await server.engine.archiveThread(threadId);
  if (!archived.ok) return archived;
  if (wasLoaded) server.subscriptions.notify(notLoaded(threadId));
  server.subscriptions.notify({ method: "thread/archived", params: { threadId } });
  return ok({});
};
