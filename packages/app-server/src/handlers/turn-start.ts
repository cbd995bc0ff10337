import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { threadAtHand } from "../thread-at-hand.ts";

export const turnStart: Handler<"turn/start"> = async (params, context) => {
  // What would silently be lost is refused.
  if (params.toolOutput) return err(fail("refusedParams", noToolOutput));
  const thread = await threadAtHand(params.threadId, context);
  if (!thread.ok) return thread;
  const turn = await thread.value.startTurn(params);
  return turn.ok ? ok({ turn: turn.value }) : turn;
};

const noToolOutput =
  "`toolOutput` is not taken by this version of Codex; send it as text, or put the item in with thread/inject_items";
