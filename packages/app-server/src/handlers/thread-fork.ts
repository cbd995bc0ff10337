import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { announce, clientOf } from "../opened-thread.ts";

export const threadFork: Handler<"thread/fork"> = async (params, context) => {
  const thread = await context.server.engine.forkThread(params, clientOf(context.connection));
  return thread.ok ? ok(announce(thread.value, { turns: params.excludeTurns !== true }, context)) : thread;
};
