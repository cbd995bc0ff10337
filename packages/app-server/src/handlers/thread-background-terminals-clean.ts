import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { loadedThread } from "../loaded-thread.ts";

export const threadBackgroundTerminalsClean: Handler<"thread/backgroundTerminals/clean"> = async (
  { threadId },
  { server },
) => {
  const thread = loadedThread(server, threadId);
  if (!thread.ok) return thread;
  await thread.value.terminals.clean();
  return ok({});
};
