import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { notLoaded } from "../not-loaded.ts";
import { clientOf } from "../opened-thread.ts";

/** The thread is loaded anew under its own id; whoever heard of it goes on hearing of it. */
export const threadRevert: Handler<"thread/revert"> = async (params, { server, connection }) => {
  const reverted = await server.engine.revertThread(params, clientOf(connection));
  if (!reverted.ok) return reverted;
  const { threadId } = params;
  const thread = reverted.value.describe({ turns: false });
  server.subscriptions.notify(notLoaded(threadId));
  server.subscriptions.notify({ method: "thread/status/changed", params: { threadId, status: thread.status } });
  server.subscriptions.notify({ method: "thread/reverted", params: { threadId } });
  return ok({ thread, ...server.engine.standing(threadId).cursors });
};
