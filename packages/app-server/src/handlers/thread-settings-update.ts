import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { loadedThread } from "../loaded-thread.ts";

export const threadSettingsUpdate: Handler<"thread/settings/update"> = async (params, { server }) => {
  const thread = loadedThread(server, params.threadId);
  if (!thread.ok) return thread;
  const changed = await thread.value.changeSettings(params);
  return changed.ok ? ok({}) : changed;
};
