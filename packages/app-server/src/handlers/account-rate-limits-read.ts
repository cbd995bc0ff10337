import { describeFailure } from "@codex/auth/backend/describe-failure";
import { backendHttp, openBackend } from "@codex/auth/backend/open-backend";
import { openSession } from "@codex/auth/open-session";
import { readUsage } from "@codex/model/usage/read-usage";
import { systemClock } from "@codex/platform/clock";
import { fail } from "@codex/protocol/errors";
import { err } from "@codex/protocol/result";
import { planOf } from "../account/describe-account.ts";
import { configNow } from "../config-now.ts";
import type { Handler } from "../handler.ts";

/** How much of its limits an account has used, asked of ChatGPT's service. */
export const accountRateLimitsRead: Handler<"account/rateLimits/read"> = async (params, { server, connection }) => {
  const loaded = await configNow(server);
  if (!loaded.ok) return loaded;
  const { auth, restrictions } = await server.accounts();
  const found = auth.credentials();
  if (!found.ok) return err(fail("loginUnusable", found.error));
  const credentials = found.value;
  if (!credentials) return err(fail("loginRefused", "codex account authentication required to read rate limits"));
  if (credentials.mode === "apiKey") {
    return err(fail("loginRefused", "chatgpt authentication required to read rate limits"));
  }
  const session = openSession(credentials, { auth, restrictions: await restrictions(), now: systemClock.now });
  if (!session.ok) return err(fail("loginUnusable", session.error));
  const { engine } = server;
  const ask = openBackend({
    signer: session.value.startTurn(),
    headers: { "user-agent": connection.client ? engine.userAgent(connection.client) : auth.client().userAgent },
    http: backendHttp(engine.host.env),
  });
  const base = loaded.value.config.chatgpt_base_url;
  const owner = credentials.mode === "personalAccessToken" ? undefined : credentials;
  const wanted = { creditDetails: params?.excludeResetCreditDetails !== true };
  const usage = await readUsage(wanted, { ask, base, planOf, owner });
  return usage.ok ? usage : err(fail("rateLimitsUnread", describeFailure(usage.error)));
};
