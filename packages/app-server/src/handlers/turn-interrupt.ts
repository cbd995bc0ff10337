import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

export const turnInterrupt: Handler<"turn/interrupt"> = async (params, { server }) => {
  const thread = server.engine.loadedThread(params.threadId);
  if (!thread) return err(fail("threadNotLoaded", params.threadId));
  const interrupted = await thread.interrupt(params.turnId);
  return interrupted.ok ? ok({}) : interrupted;
};
