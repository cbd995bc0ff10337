import { approveDenied } from "@codex/core/review-approval/approve-denied";
import { systemClock } from "@codex/platform/clock";
import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { loadedThread } from "../loaded-thread.ts";

/** The user approves what the reviewer denied: the model hears of it, and the reviewer counts it as the user's word. */
export const threadApproveGuardianDeniedAction: Handler<"thread/approveGuardianDeniedAction"> = async (
  { threadId, event },
  { server },
) => {
  const thread = loadedThread(server, threadId);
  if (!thread.ok) return thread;
  const message = approveDenied(event, () => systemClock.now());
  if (!message.ok) return err(fail("refusedParams", message.error));
  if (message.value) thread.value.inject([message.value]);
  return ok({});
};
