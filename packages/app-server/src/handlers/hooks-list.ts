import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

/** This version runs no hooks, so none are there to list. */
export const hooksList: Handler<"hooks/list"> = async ({ cwds }, { server }) => {
  const folders = cwds?.length ? cwds : [server.engine.host.cwd];
  return ok({ data: folders.map((cwd) => ({ cwd, hooks: [], warnings: [], errors: [] })) });
};
