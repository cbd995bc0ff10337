import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

export const threadNameSet: Handler<"thread/name/set"> = async (params, { server }) => {
  const named = await server.engine.nameThread(params);
  if (!named.ok) return named;
  server.subscriptions.notify({
    method: "thread/name/updated",
    params: { threadId: params.threadId, threadName: params.name },
  });
  return ok({});
};
