import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { clientOf } from "../opened-thread.ts";

export const threadResume: Handler<"thread/resume"> = async (params, { server, connection }) => {
  const thread = await server.engine.resumeThread(params, clientOf(connection));
  if (!thread.ok) return thread;
  server.subscriptions.subscribe(connection, thread.value.id);
  return ok({
    ...thread.value.opened({ turns: params.excludeTurns !== true }),
    collaborationMode: null,
    initialTurnsPage: null,
    turnsBackwardsCursor: null,
    itemsBackwardsCursor: null,
  });
};
