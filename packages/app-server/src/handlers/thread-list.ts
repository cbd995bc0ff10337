import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

/** Which turns a person has read is not kept: no thread has a read state. */
export const threadList: Handler<"thread/list"> = async (params, { server }) => {
  const page = await server.engine.listThreads(params);
  return page.ok ? ok({ ...page.value, readStates: {} }) : page;
};
