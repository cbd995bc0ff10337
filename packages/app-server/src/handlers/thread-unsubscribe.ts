import { isUuid } from "@codex/platform/ids";
import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

export const threadUnsubscribe: Handler<"thread/unsubscribe"> = async ({ threadId }, { server, connection }) => {
  if (!isUuid(threadId)) return err(fail("invalidThreadId", threadId));
  if (!server.engine.loadedThread(threadId)) return ok({ status: "notLoaded" });
  const left = server.subscriptions.unsubscribe(connection, threadId);
  return ok({ status: left ? "unsubscribed" : "notSubscribed" });
};
