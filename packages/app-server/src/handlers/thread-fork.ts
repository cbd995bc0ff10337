import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { announce, clientOf } from "../opened-thread.ts";

export const threadFork: Handler<"thread/fork"> = async (params, context) => {
  const { server, connection } = context;
  const thread = await server.engine.forkThread(params, clientOf(connection));
  if (!thread.ok) return thread;
  const turns = params.excludeTurns !== true;
  const opened = announce(thread.value, { turns }, context);
  const usage = turns ? server.engine.standing(thread.value.id).usage : undefined;
  if (usage) server.subscriptions.tell(connection, { method: "thread/tokenUsage/updated", params: usage });
  return ok(opened);
};
