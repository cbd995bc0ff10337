import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

export const turnStart: Handler<"turn/start"> = async (params, { server }) => {
  const thread = server.engine.loadedThread(params.threadId);
  if (!thread) return err(fail("threadNotLoaded", params.threadId));
  const turn = await thread.startTurn(params);
  return turn.ok ? ok({ turn: turn.value }) : turn;
};
