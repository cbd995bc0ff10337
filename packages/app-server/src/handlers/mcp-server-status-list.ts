import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";
import { reasons } from "../unavailable-reasons.ts";

/** Without servers in the config the list is empty; with some, nothing true can be said of them before they can be started. */
export const mcpServerStatusList: Handler<"mcpServerStatus/list"> = async (_params, { server }) => {
  const loaded = await configNow(server);
  if (!loaded.ok) return loaded;
  if (Object.keys(loaded.value.config.mcp_servers ?? {}).length === 0) return ok({ data: [], nextCursor: null });
  return err(fail("methodUnavailable", "mcpServerStatus/list", reasons.mcp));
};
