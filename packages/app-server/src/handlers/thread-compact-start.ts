import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { loadedThread } from "../loaded-thread.ts";

/** Answered at once; the turn that compacts is told of by its notifications. */
export const threadCompactStart: Handler<"thread/compact/start"> = async ({ threadId }, { server }) => {
  const thread = loadedThread(server, threadId);
  if (!thread.ok) return thread;
  thread.value.compact();
  return ok({});
};
