import type { ServerNotification } from "@codex/protocol/notifications";

/** The thread that a notification tells of; undefined for one that is about none. */
export function threadOf(event: ServerNotification): string | undefined {
  if (event.method === "thread/started") return event.params.thread.id;
  return "threadId" in event.params ? (event.params.threadId ?? undefined) : undefined;
}
