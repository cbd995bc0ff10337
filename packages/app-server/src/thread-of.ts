import type { ServerNotification } from "@codex/protocol/notifications";

/** The thread that a notification tells of; undefined for one that is about none. */
export function threadOf(event: ServerNotification): string | undefined {
  if (event.method === "thread/started") return event.params.thread.id;
  return "threadId" in event.params ? (event.params.threadId ?? undefined) : undefined;
}

/** What changes a list of threads is told to every client, whether it hears of that thread or not. */
export const isForAll = ({ method }: ServerNotification): boolean => forAll.has(method);

const forAll: ReadonlySet<string> = new Set([
  "thread/started",
  "thread/status/changed",
  "thread/name/updated",
  "thread/archived",
  "thread/unarchived",
  "thread/deleted",
  "thread/closed",
]);
