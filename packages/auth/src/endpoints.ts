/** Where a person signs in, and as which program. */
export type Issuer = { url: string; clientId: string };

export const defaultIssuer: Issuer = { url: "https://auth.openai.com", clientId: "app_EMoamEEZ73f0CkXaXp7hrann" };

type Environment = Readonly<Record<string, string | undefined>>;

/** Where the tokens of an issuer are refreshed; `CODEX_REFRESH_TOKEN_URL_OVERRIDE` replaces the whole address. */
export const refreshUrl = (env: Environment, issuer: Issuer): string =>
  nonEmpty(env["CODEX_REFRESH_TOKEN_URL_OVERRIDE"]) ?? `${trimmed(issuer.url)}/oauth/token`;

/** Where tokens are revoked: beside the place where they are refreshed, unless `CODEX_REVOKE_TOKEN_URL_OVERRIDE` says other. */
export function revokeUrl(env: Environment, issuer: Issuer): string {
  const own = nonEmpty(env["CODEX_REVOKE_TOKEN_URL_OVERRIDE"]);
  if (own !== undefined) return own;
  const refresh = env["CODEX_REFRESH_TOKEN_URL_OVERRIDE"];
  if (refresh === undefined || !URL.canParse(refresh)) return `${trimmed(issuer.url)}/oauth/revoke`;
  const url = new URL(refresh);
  url.pathname = "/oauth/revoke";
  url.search = "";
  return url.href;
}

/** Where a personal access token is asked whose it is. */
export const whoamiUrl = (env: Environment): string =>
  `${trimmed(nonEmpty(env["CODEX_AUTHAPI_BASE_URL"]) ?? `${defaultIssuer.url}/api/accounts`)}/v1/user-auth-credential/whoami`;

export const trimmed = (url: string): string => url.replace(/\/+$/, "");

const nonEmpty = (text: string | undefined): string | undefined => (text === "" ? undefined : text);
