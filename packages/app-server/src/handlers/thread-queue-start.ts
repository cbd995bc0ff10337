import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { threadAtHand } from "../thread-at-hand.ts";

export const threadQueueStart: Handler<"thread/queue/start"> = async (params, context) => {
  const thread = await threadAtHand(params.threadId, context);
  if (!thread.ok) return thread;
  const turn = await context.server.queues.start(params.threadId, params.queuedSubmissionId ?? undefined);
  return turn.ok ? ok({ turn: turn.value }) : turn;
};
