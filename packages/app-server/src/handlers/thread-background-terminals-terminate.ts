import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { loadedThread } from "../loaded-thread.ts";

export const threadBackgroundTerminalsTerminate: Handler<"thread/backgroundTerminals/terminate"> = async (
  { threadId, processId },
  { server },
) => {
  const thread = loadedThread(server, threadId);
  if (!thread.ok) return thread;
  return ok({ terminated: await thread.value.terminals.terminate(processId) });
};
