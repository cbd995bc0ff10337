import { ok } from "@codex/protocol/result";
import { goalLess } from "../goal-less.ts";
import type { Handler } from "../handler.ts";

/** A client that shows goals asks for them of every thread it opens. */
export const threadGoalGet: Handler<"thread/goal/get"> = async ({ threadId }, { server }) => {
  const checked = await goalLess(threadId, server);
  return checked.ok ? ok({ goal: null }) : checked;
};
