import { ok } from "@codex/protocol/result";
import { authModeOf, tokenOf } from "../account/describe-account.ts";
import { whoIsSignedIn } from "../account/who-is-signed-in.ts";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";
import { needsOpenAi } from "../needs-open-ai.ts";

/** How requests are signed. A token that the service has refused for good is named by its kind and not given away. */
export const getAuthStatus: Handler<"getAuthStatus"> = async ({ includeToken, refreshToken }, { server }) => {
  const loaded = await configNow(server);
  if (!loaded.ok) return loaded;
  if (!needsOpenAi(loaded.value.config)) return ok({ authMethod: null, authToken: null, requiresOpenaiAuth: false });
  const { auth, restrictions } = await server.accounts();
  const { credentials, unusable } = await whoIsSignedIn(auth, await restrictions(), { force: refreshToken ?? false });
  return ok({
    authMethod: credentials ? authModeOf(credentials) : null,
    authToken: credentials && includeToken === true && unusable === undefined ? tokenOf(credentials) : null,
    requiresOpenaiAuth: true,
  });
};
