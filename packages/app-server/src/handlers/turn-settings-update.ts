import { fail } from "@codex/protocol/errors";
import { err } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { loadedThread } from "../loaded-thread.ts";

/** A turn keeps the settings it began with: the feature that would change them is off in the original as well. */
export const turnSettingsUpdate: Handler<"turn/settings/update"> = async ({ threadId }, { server }) => {
  const thread = loadedThread(server, threadId);
  if (!thread.ok) return thread;
  return err(fail("refusedParams", "turn settings updates require the step_model_switching feature"));
};
