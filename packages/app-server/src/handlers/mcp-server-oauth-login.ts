import { fail } from "@codex/protocol/errors";
import { err } from "@codex/protocol/result";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";
import { reasons } from "../unavailable-reasons.ts";

export const mcpServerOauthLogin: Handler<"mcpServer/oauth/login"> = async ({ name }, { server }) => {
  const loaded = await configNow(server);
  if (!loaded.ok) return loaded;
  const known = Object.hasOwn(loaded.value.config.mcp_servers ?? {}, name);
  return err(known ? fail("methodUnavailable", "mcpServer/oauth/login", reasons.mcp) : fail("unknownMcpServer", name));
};
