import { expiryOf } from "./jwt.ts";
import type { RefreshReason } from "./request-refresh.ts";
import type { ChatGptTokens } from "./stored-login.ts";

const minutes = 60_000;
const days = 24 * 60 * minutes;

/** Why a token should be refreshed before it is used; undefined where it need not. `now` in Unix milliseconds. */
export function refreshDue(
  { accessToken }: Pick<ChatGptTokens, "accessToken">,
  lastRefreshMs: number | undefined,
  now: number,
): RefreshReason | undefined {
  const expiry = expiryOf(accessToken);
  if (expiry !== undefined) return expiry - now <= 5 * minutes ? "proactive_expiry" : undefined;
  return lastRefreshMs !== undefined && now - lastRefreshMs > 8 * days ? "scheduled" : undefined;
}

/** Whether the server will certainly refuse it. */
export function isExpired({ accessToken }: Pick<ChatGptTokens, "accessToken">, now: number): boolean {
  const expiry = expiryOf(accessToken);
  return expiry !== undefined && expiry <= now;
}
