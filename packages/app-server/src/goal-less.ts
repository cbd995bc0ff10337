import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import type { AppServer } from "./server.ts";

/** Fails where the thread is not there, or could have no goal. In this version none has one. */
export async function goalLess(threadId: string, { engine }: AppServer): Promise<Result<void>> {
  const thread = await engine.readThread({ threadId });
  if (!thread.ok) return thread.error.code === "threadUnknown" ? err(fail("threadNotLoaded", threadId)) : thread;
  const refusal = `ephemeral thread does not support goals: ${threadId}`;
  return thread.value.ephemeral ? err(fail("refusedParams", refusal)) : ok(undefined);
}
