import { ok } from "@codex/protocol/result";
import { goalLess } from "../goal-less.ts";
import type { Handler } from "../handler.ts";

export const threadGoalClear: Handler<"thread/goal/clear"> = async ({ threadId }, { server }) => {
  const checked = await goalLess(threadId, server);
  return checked.ok ? ok({ cleared: false }) : checked;
};
