import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { loadedThread } from "../loaded-thread.ts";

/** ms; source: the original. */
const anHour = 3_600_000;

/** Answered once it is about to run; what becomes of it is told by its turn and its item. */
export const threadShellCommand: Handler<"thread/shellCommand"> = async (params, { server }) => {
  const { threadId, command } = params;
  const timeoutMs = params.timeoutMs ?? anHour;
  if (timeoutMs < 0) return err(fail("refusedParams", "timeoutMs must not be negative"));
  const thread = loadedThread(server, threadId);
  if (!thread.ok) return thread;
  const begun = await thread.value.runShellCommand(command, timeoutMs);
  return begun.ok ? ok({}) : begun;
};
