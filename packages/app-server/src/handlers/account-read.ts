import { ok } from "@codex/protocol/result";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";
import { needsOpenAi } from "../needs-open-ai.ts";

/** Who pays for the turns: nobody of OpenAI's where the provider is another one. */
export const accountRead: Handler<"account/read"> = async (_params, { server }) => {
  const loaded = await configNow(server);
  if (!loaded.ok) return loaded;
  const requiresOpenaiAuth = needsOpenAi(loaded.value.config);
  const account = requiresOpenaiAuth && server.engine.host.env.CODEX_API_KEY ? { type: "apiKey" as const } : null;
  return ok({ account, userId: null, requiresOpenaiAuth, workspaceRouting: null });
};
