import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

export const threadList: Handler<"thread/list"> = async (params, { server }) => {
  const page = await server.engine.listThreads(params);
  return page.ok ? ok({ ...page.value, readStates: {}, backwardsCursor: null }) : page;
};
