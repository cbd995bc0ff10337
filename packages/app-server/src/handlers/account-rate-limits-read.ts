import { backendUrl } from "@codex/auth/backend/backend-base";
import { backendHttp, openBackend, type BackendFailure } from "@codex/auth/backend/open-backend";
import { openSession } from "@codex/auth/open-session";
import { systemClock } from "@codex/platform/clock";
import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import { readResetCredits, readUsage } from "../account/read-usage.ts";
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
  const [usage, credits] = await Promise.all([
    ask({ method: "GET", url: backendUrl(base, "usage") }),
    params?.excludeResetCreditDetails === true
      ? undefined
      : ask({ method: "GET", url: backendUrl(base, "rate-limit-reset-credits") }),
  ]);
  if (!usage.ok) return err(fail("rateLimitsUnread", describe(usage.error)));
  const read = readUsage(usage.value);
  if (!read) return err(fail("rateLimitsUnread", "the service answered with something else"));
  return ok({
    ordinaryUsageAllowed: read.allowed,
    rateLimits: read.rateLimits,
    rateLimitsByLimitId: read.byId,
    // Nice to know: the limits are told without them.
    rateLimitResetCredits: credits?.ok ? readResetCredits(credits.value) : null,
    accountId: read.accountId,
    rateLimitUpsell: null,
  });
};

function describe(failure: BackendFailure): string {
  switch (failure.kind) {
    case "unsigned":
      return failure.message;
    case "unreachable":
      return `${failure.url} cannot be reached (${failure.cause})`;
    case "refused":
      return `${failure.url} answered with status ${failure.status}`;
    case "unreadable":
      return `${failure.url} answered without JSON`;
  }
}
