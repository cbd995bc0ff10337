import type { ServerNotification } from "@codex/protocol/notifications";

/** The thread has been closed; it can be loaded again as long as it is stored. */
export const notLoaded = (threadId: string): ServerNotification => ({
  method: "thread/status/changed",
  params: { threadId, status: { type: "notLoaded" } },
});
