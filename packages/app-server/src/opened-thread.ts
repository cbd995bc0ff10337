import type { Client } from "@codex/core/engine";
import type { Thread } from "@codex/core/thread/thread";
import type { ThreadOpened } from "@codex/protocol/methods/thread-opened";
import type { Connection } from "./connection.ts";
import type { AppServer } from "./server.ts";

/** A new thread: its maker hears of it from now on, and is told so right after the answer. */
export function announce(
  thread: Thread,
  options: { turns: boolean },
  { server, connection }: { server: AppServer; connection: Connection },
): ThreadOpened {
  server.subscriptions.subscribe(connection, thread.id);
  const told = thread.describe({ turns: false });
  queueMicrotask(() => server.subscriptions.notify({ method: "thread/started", params: { thread: told } }));
  return thread.opened(options);
}

/** Dispatch lets nothing but `initialize` through before there is a client. */
export function clientOf(connection: Connection): Client {
  if (!connection.client) throw new Error("the connection is not initialized");
  return connection.client;
}
