import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

export const threadUnarchive: Handler<"thread/unarchive"> = async ({ threadId }, { server }) => {
  const thread = await server.engine.unarchiveThread(threadId);
  if (!thread.ok) return thread;
  server.subscriptions.notify({ method: "thread/unarchived", params: { threadId } });
  return ok({ thread: thread.value });
};
