import { ok } from "@codex/protocol/result";
import { describeAccount } from "../account/describe-account.ts";
import { whoIsSignedIn } from "../account/who-is-signed-in.ts";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";
import { needsOpenAi } from "../needs-open-ai.ts";

/**
 * Who pays for the turns: nobody of OpenAI's where the provider is another one. `needsLogin`, which is ours, says why a login
 * that is there cannot be used any more.
 */
export const accountRead: Handler<"account/read"> = async ({ refreshToken }, { server }) => {
  const loaded = await configNow(server);
  if (!loaded.ok) return loaded;
  if (!needsOpenAi(loaded.value.config)) {
    return ok({ account: null, userId: null, requiresOpenaiAuth: false, workspaceRouting: null, needsLogin: null });
  }
  const { auth, restrictions } = await server.accounts();
  const signedIn = await whoIsSignedIn(auth, await restrictions(), { force: refreshToken ?? false });
  const account = describeAccount(signedIn);
  return ok({
    account,
    userId: account === null ? null : (signedIn.account?.userId ?? null),
    requiresOpenaiAuth: true,
    workspaceRouting: null,
    needsLogin: signedIn.unusable === undefined ? null : { reason: signedIn.unusable },
  });
};
