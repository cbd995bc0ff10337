import { isObject, parseJson } from "@codex/protocol/json";

/**
 * The claims of a JSON Web Token; undefined where it is none. Signatures are not checked: the tokens come from the issuer
 * over TLS, and nothing that is read here opens anything that the server would not check itself.
 */
export function jwtClaims(token: string): Record<string, unknown> | undefined {
  const parts = token.split(".");
  if (parts.length !== 3) return undefined;
  const claims = parseJson(Buffer.from(parts[1] ?? "", "base64url").toString("utf8"));
  return isObject(claims) ? claims : undefined;
}

/** When a token ends, in Unix milliseconds; undefined where it does not say. */
export function expiryOf(token: string): number | undefined {
  const expiry = jwtClaims(token)?.["exp"];
  return typeof expiry === "number" ? expiry * 1000 : undefined;
}

/** Who somebody is, as an id_token or an access token tells. */
export type AccountClaims = {
  email: string | undefined;
  userId: string | undefined;
  accountId: string | undefined;
  /** As the server names it, such as `pro`. */
  planType: string | undefined;
  fedramp: boolean;
  organizationId: string | undefined;
  projectId: string | undefined;
  /** Has to set up an API organization first. */
  needsSetup: boolean;
};

/** Reads the claims that OpenAI puts into its tokens. */
export function accountClaims(token: string): AccountClaims | undefined {
  const claims = jwtClaims(token);
  if (claims === undefined) return undefined;
  const auth = part(claims, "https://api.openai.com/auth");
  const profile = part(claims, "https://api.openai.com/profile");
  return {
    email: text(claims["email"]) ?? text(profile["email"]),
    userId: text(auth["chatgpt_user_id"]) ?? text(auth["user_id"]),
    accountId: text(auth["chatgpt_account_id"]),
    planType: text(auth["chatgpt_plan_type"]),
    fedramp: auth["chatgpt_account_is_fedramp"] === true,
    organizationId: text(auth["organization_id"]),
    projectId: text(auth["project_id"]),
    needsSetup: auth["completed_platform_onboarding"] !== true && auth["is_org_owner"] === true,
  };
}

const part = (claims: Record<string, unknown>, name: string): Record<string, unknown> => {
  const value = claims[name];
  return isObject(value) ? value : {};
};

const text = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
