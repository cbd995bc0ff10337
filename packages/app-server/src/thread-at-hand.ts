import type { Thread } from "@codex/core/thread/thread";
import { fail } from "@codex/protocol/errors";
import { err, type Result, ok } from "@codex/protocol/result";
import type { Connection } from "./connection.ts";
import { clientOf } from "./opened-thread.ts";
import type { AppServer } from "./server.ts";

/** A thread for work in it: one that is stored only is loaded, and who asked for the work hears of it. */
export async function threadAtHand(
  threadId: string,
  { server, connection }: { server: AppServer; connection: Connection },
): Promise<Result<Thread>> {
  const { engine, subscriptions } = server;
  const running = engine.loadedThread(threadId);
  if (running) return ok(running);
  const loaded = await engine.resumeThread({ threadId, excludeTurns: true }, clientOf(connection));
  if (!loaded.ok) return loaded.error.code === "threadNotFound" ? err(fail("threadNotLoaded", threadId)) : loaded;
  subscriptions.subscribe(connection, threadId);
  const { status } = loaded.value.describe({ turns: false });
  subscriptions.notify({ method: "thread/status/changed", params: { threadId, status } });
  return loaded;
}
