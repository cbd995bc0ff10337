import { accountClaims } from "./jwt.ts";
import type { StoredLogin } from "./stored-login.ts";

/** How requests to OpenAI are signed, and as whom. Tokens are secrets: they go into headers and nowhere else. */
export type Credentials =
  | { mode: "apiKey"; key: string; from: "environment" | "stored" }
  | ({ mode: "chatgpt"; accessToken: string } & Account)
  /** A client's tokens, kept in memory; the client renews them. */
  | ({ mode: "chatgptAuthTokens"; accessToken: string } & Account)
  /** Whose it is has to be asked (`describeAccessToken`). */
  | { mode: "personalAccessToken"; token: string; from: "environment" | "stored" };

/** Who is signed in, as far as the tokens tell. */
export type Account = {
  accountId: string | undefined;
  userId: string | undefined;
  email: string | undefined;
  planType: string | undefined;
  fedramp: boolean;
};

/** What a stored login amounts to; a login that this version cannot use amounts to nothing. */
export function credentialsOf(login: StoredLogin): Credentials | undefined {
  switch (login.mode) {
    case "apiKey":
      return { mode: "apiKey", key: login.key, from: "stored" };
    case "personalAccessToken":
      return { mode: "personalAccessToken", token: login.token, from: "stored" };
    case "chatgpt": {
      const { accessToken, idToken, accountId } = login.tokens;
      return { mode: "chatgpt", accessToken, ...accountOf(idToken, accessToken, accountId) };
    }
    case "unusable":
      return undefined;
  }
}

/** The id_token tells who it is; the access token helps out with the plan, which may have changed since. */
function accountOf(idToken: string | undefined, accessToken: string, accountId: string | undefined): Account {
  const told = idToken === undefined ? undefined : accountClaims(idToken);
  const access = accountClaims(accessToken);
  return {
    accountId: accountId ?? access?.accountId,
    userId: told?.userId ?? access?.userId,
    email: told?.email ?? access?.email,
    planType: told?.planType ?? access?.planType,
    fedramp: told?.fedramp ?? access?.fedramp ?? false,
  };
}

/** What a client that brings its own tokens says. */
export type ExternalTokens = { accessToken: string; accountId: string; planType: string | undefined };

export function externalCredentials({ accessToken, accountId, planType }: ExternalTokens): Credentials {
  const told = accountClaims(accessToken);
  return {
    mode: "chatgptAuthTokens",
    accessToken,
    accountId,
    userId: told?.userId,
    email: told?.email,
    planType: planType ?? told?.planType,
    fedramp: told?.fedramp ?? false,
  };
}

/** The headers beside `authorization` that a ChatGPT account's requests carry. */
export const accountHeaders = ({
  accountId,
  fedramp,
}: Pick<Account, "accountId" | "fedramp">): Record<string, string> => ({
  ...(accountId !== undefined && { "chatgpt-account-id": accountId }),
  ...(fedramp && { "x-openai-fedramp": "true" }),
});
