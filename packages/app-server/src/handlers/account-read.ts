import { ok } from "@codex/protocol/result";
import { describeAccount, tokenOf } from "../account/describe-account.ts";
import { whoIsSignedIn } from "../account/who-is-signed-in.ts";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";
import { needsOpenAi } from "../needs-open-ai.ts";

/**
 * Who pays for the turns: nobody of OpenAI's where the provider is another one. The tokens tell who it is; the workspace is the
 * service's to tell, and missing where it does not. `needsLogin`, which is ours, says why a login that is there cannot be used.
 */
export const accountRead: Handler<"account/read"> = async ({ refreshToken }, { server }) => {
  const loaded = await configNow(server);
  if (!loaded.ok) return loaded;
  if (!needsOpenAi(loaded.value.config)) {
    return ok({ account: null, userId: null, requiresOpenaiAuth: false, workspaceRouting: null });
  }
  const { auth, restrictions, findWorkspace } = await server.accounts();
  const signedIn = await whoIsSignedIn(auth, await restrictions(), { force: refreshToken ?? false });
  const { credentials, account, unusable } = signedIn;
  const isUsable = credentials !== undefined && account !== undefined && unusable === undefined;
  const workspace = isUsable
    ? await findWorkspace(loaded.value.config.chatgpt_base_url, account, tokenOf(credentials))
    : null;
  return ok({
    account: describeAccount(signedIn, workspace),
    userId: isUsable ? (account.userId ?? null) : null,
    requiresOpenaiAuth: true,
    workspaceRouting: workspace?.routing ?? null,
    ...(unusable !== undefined && { needsLogin: { reason: unusable } }),
  });
};
