import { ok } from "@codex/protocol/result";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";

/** Nothing is connected to MCP servers yet, so there is nothing to restart; a config that cannot be read is told. */
export const configMcpServerReload: Handler<"config/mcpServer/reload"> = async (_params, { server }) => {
  const loaded = await configNow(server);
  return loaded.ok ? ok({}) : loaded;
};
