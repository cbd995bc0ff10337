import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { announce, clientOf } from "../opened-thread.ts";

export const threadStart: Handler<"thread/start"> = async (params, context) => {
  const thread = await context.server.engine.startThread(params, clientOf(context.connection));
  return thread.ok ? ok(announce(thread.value, { turns: false }, context)) : thread;
};
