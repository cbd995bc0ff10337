import { ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

export const threadMetadataUpdate: Handler<"thread/metadata/update"> = async (params, { server }) => {
  const thread = await server.engine.updateMetadata(params);
  return thread.ok ? ok({ thread: thread.value }) : thread;
};
