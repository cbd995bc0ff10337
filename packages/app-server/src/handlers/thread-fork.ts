import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { announce, clientOf } from "../opened-thread.ts";

export const threadFork: Handler<"thread/fork"> = async (params, { server, connection }) => {
  const thread = await server.engine.forkThread(params, clientOf(connection));
  return thread.ok ? ok(announce(thread.value, server, connection)) : thread;
};
