import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { threadAtHand } from "../thread-at-hand.ts";

export const turnStart: Handler<"turn/start"> = async (params, context) => {
  const thread = await threadAtHand(params.threadId, context);
  if (!thread.ok) return thread;
  const turn = await thread.value.startTurn(params);
  return turn.ok ? ok({ turn: turn.value }) : turn;
};
