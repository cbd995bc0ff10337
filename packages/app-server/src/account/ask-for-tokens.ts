import type { ExternalTokens } from "@codex/auth/credentials";
import { isHeaderSafe } from "@codex/auth/is-header-safe";
import { jwtClaims } from "@codex/auth/jwt";
import { isObject } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { ClientLeft, type Connection } from "../connection.ts";
import type { Subscriptions } from "../subscriptions.ts";

/** Asks the client that brought the tokens for others, since the service has refused these. Its own words come through. */
export async function askForTokens(
  subscriptions: Pick<Subscriptions, "askOne">,
  connection: Connection,
  previousAccountId: string,
): Promise<Result<ExternalTokens, string>> {
  try {
    const params = { reason: "unauthorized", previousAccountId } as const;
    return readTokens(await subscriptions.askOne(connection, "account/chatgptAuthTokens/refresh", params));
  } catch (error) {
    if (error instanceof ClientLeft) {
      return err("The client that brought the ChatGPT tokens has left. Sign in again.");
    }
    return err(`auth refresh request failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The answer as it came is nobody's word for anything. */
function readTokens(answer: unknown): Result<ExternalTokens, string> {
  if (!isObject(answer)) return err(notUnderstood);
  const { accessToken, chatgptAccountId: accountId, chatgptPlanType: planType } = answer;
  if (typeof accessToken !== "string" || typeof accountId !== "string") return err(notUnderstood);
  if (!jwtClaims(accessToken) || !isHeaderSafe(accessToken)) return err(notUnderstood);
  return ok({ accessToken, accountId, planType: typeof planType === "string" ? planType : undefined });
}

const notUnderstood = "auth refresh request failed: the client answered without ChatGPT tokens";
