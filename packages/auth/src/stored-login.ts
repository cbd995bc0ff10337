import { isObject, parseJson, type JsonObject } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { defaultIssuer, type Issuer } from "./endpoints.ts";
import { accountClaims } from "./jwt.ts";

/** What a ChatGPT sign-in leaves. */
export type ChatGptTokens = {
  idToken: string | undefined;
  accessToken: string;
  refreshToken: string | undefined;
  accountId: string | undefined;
};

/** The login that is stored, by what it can be used for. */
export type StoredLogin =
  | { mode: "apiKey"; key: string }
  | { mode: "chatgpt"; tokens: ChatGptTokens; lastRefreshMs: number | undefined }
  | { mode: "personalAccessToken"; token: string }
  /** One that this version cannot use, in words; it is kept as it is. */
  | { mode: "unusable"; what: string };

/** A login as it is stored: `raw` holds what we do not know, too, so that it is written back. */
export type StoredAuth = { raw: JsonObject; login: StoredLogin | undefined };

/**
 * Reads auth.json's text as the original writes it. Without `auth_mode` a personal access token means itself, a key an API
 * key, and anything else "chatgpt". The error is a sentence that quotes nothing.
 */
export function readStoredAuth(text: string): Result<StoredAuth, "damaged"> {
  const raw = parseJson(text);
  return isObject(raw) ? ok({ raw: raw as JsonObject, login: loginOf(raw) }) : err("damaged");
}

function loginOf(raw: Record<string, unknown>): StoredLogin | undefined {
  const mode = modeOf(raw);
  switch (mode) {
    case "apikey": {
      const key = textOf(raw["OPENAI_API_KEY"]);
      return key === undefined ? undefined : { mode: "apiKey", key };
    }
    case "personalAccessToken": {
      const token = textOf(raw["personal_access_token"]);
      return token === undefined ? undefined : { mode: "personalAccessToken", token };
    }
    case "chatgpt":
      return chatGptLogin(raw);
    default:
      return { mode: "unusable", what: unusable[mode] ?? "This kind of login" };
  }
}

function modeOf(raw: Record<string, unknown>): string {
  const named = textOf(raw["auth_mode"]);
  if (named !== undefined) return named;
  if (textOf(raw["personal_access_token"]) !== undefined) return "personalAccessToken";
  if (textOf(raw["OPENAI_API_KEY"]) !== undefined) return "apikey";
  return isObject(raw["agent_identity"]) || textOf(raw["agent_identity"]) ? "agentIdentity" : "chatgpt";
}

const unusable: Readonly<Record<string, string>> = {
  agentIdentity: "An agent identity",
  headers: "A login by headers",
  bedrockApiKey: "A Bedrock API key",
  bedrockAccessKeys: "A login by Bedrock access keys",
};

function chatGptLogin(raw: Record<string, unknown>): StoredLogin | undefined {
  const tokens = raw["tokens"];
  if (!isObject(tokens)) return undefined;
  const accessToken = textOf(tokens["access_token"]);
  if (accessToken === undefined) return undefined;
  const idToken = textOf(tokens["id_token"]);
  const lastRefresh = Date.parse(textOf(raw["last_refresh"]) ?? "");
  return {
    mode: "chatgpt",
    tokens: {
      idToken,
      accessToken,
      refreshToken: textOf(tokens["refresh_token"]),
      accountId: textOf(tokens["account_id"]) ?? (idToken && accountClaims(idToken)?.accountId),
    },
    lastRefreshMs: Number.isNaN(lastRefresh) ? undefined : lastRefresh,
  };
}

const textOf = (value: unknown): string | undefined => {
  const text = typeof value === "string" ? value.trim() : "";
  return text === "" ? undefined : text;
};

/** Two spaces and no final newline, as the original writes it. */
export const storedText = (raw: JsonObject): string => JSON.stringify(raw, null, 2);

export const apiKeyAuth = (key: string): JsonObject => ({ auth_mode: "apikey", OPENAI_API_KEY: key });

/** Without `auth_mode`, as the original writes it. */
export const accessTokenAuth = (token: string): JsonObject => ({ OPENAI_API_KEY: null, personal_access_token: token });

/** What a sign-in brought. */
export type SignedIn = {
  idToken: string;
  accessToken: string;
  refreshToken: string;
  apiKey: string | undefined;
  issuer: string;
  clientId: string;
  /** Random, new with each sign-in. */
  loginOwnerId: string;
};

export const chatGptAuth = (signedIn: SignedIn, nowMs: number): JsonObject => ({
  auth_mode: "chatgpt",
  OPENAI_API_KEY: signedIn.apiKey ?? null,
  tokens: {
    id_token: signedIn.idToken,
    access_token: signedIn.accessToken,
    refresh_token: signedIn.refreshToken,
    oauth_provenance: { issuer: signedIn.issuer, client_id: signedIn.clientId },
    login_owner_id: signedIn.loginOwnerId,
    account_id: accountClaims(signedIn.idToken)?.accountId ?? null,
  },
  last_refresh: new Date(nowMs).toISOString(),
});

/** What a refresh brought; what is left out stays as it was. */
export type Refreshed = {
  idToken: string | undefined;
  accessToken: string | undefined;
  refreshToken: string | undefined;
};

export function withRefreshed(raw: JsonObject, refreshed: Refreshed, nowMs: number): JsonObject {
  const tokens = isObject(raw["tokens"]) ? (raw["tokens"] as JsonObject) : {};
  return {
    ...raw,
    tokens: {
      ...tokens,
      ...(refreshed.idToken !== undefined && { id_token: refreshed.idToken }),
      ...(refreshed.accessToken !== undefined && { access_token: refreshed.accessToken }),
      ...(refreshed.refreshToken !== undefined && { refresh_token: refreshed.refreshToken }),
    },
    last_refresh: new Date(nowMs).toISOString(),
  };
}

/** Where a login came from; logins of older versions do not say and came from OpenAI. */
export function issuerOf(raw: JsonObject): Issuer {
  const tokens = isObject(raw["tokens"]) ? raw["tokens"] : {};
  const provenance = isObject(tokens["oauth_provenance"]) ? tokens["oauth_provenance"] : {};
  const url = textOf(provenance["issuer"]);
  return {
    url: url !== undefined && URL.canParse(url) ? url : defaultIssuer.url,
    clientId: textOf(provenance["client_id"]) ?? defaultIssuer.clientId,
  };
}
