import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

export const threadNameSet: Handler<"thread/name/set"> = async (params, { server }) => {
  const named = await server.engine.nameThread(params);
  if (!named.ok) return named;
  const { threadId } = params;
  server.subscriptions.notify({ method: "thread/name/updated", params: { threadId, threadName: named.value } });
  return ok({});
};
