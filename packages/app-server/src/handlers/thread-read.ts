import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

export const threadRead: Handler<"thread/read"> = async (params, { server }) => {
  const thread = await server.engine.readThread(params);
  return thread.ok ? ok({ thread: thread.value, readState: null }) : thread;
};
