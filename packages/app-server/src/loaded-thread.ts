import type { Thread } from "@codex/core/thread/thread";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import type { AppServer } from "./server.ts";

/** The thread of a request that needs it loaded. */
export function loadedThread({ engine }: AppServer, threadId: string): Result<Thread> {
  const thread = engine.loadedThread(threadId);
  return thread ? ok(thread) : err(fail("threadNotLoaded", threadId));
}
