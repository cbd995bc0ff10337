import { isObject, parseJson } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { clientHeaders } from "../auth-http.ts";
import { trimmed } from "../endpoints.ts";
import { accountClaims } from "../jwt.ts";
import { statusLine } from "../status-line.ts";
import type { SignedIn } from "../stored-login.ts";
import { randomText } from "./random-text.ts";
import type { SignInDeps } from "./sign-in-deps.ts";

/** `code` is what pages and logs name it by; the sentence holds no secret. */
export type SignInFailure = { code: string; message: string };

export type CodeExchange = { code: string; verifier: string; redirectUri: string };

/** Turns the code of a sign-in into tokens, and checks that the config lets their account in. */
export async function exchangeCode(
  { code, verifier, redirectUri }: CodeExchange,
  deps: SignInDeps,
): Promise<Result<SignedIn, SignInFailure>> {
  const { issuer, restrictions, log } = deps;
  log("INFO", `starting the token exchange with ${issuer.url}`);
  const reply = await postForm(
    {
      grant_type: "authorization_code",
      client_id: issuer.clientId,
      code,
      redirect_uri: redirectUri,
      code_verifier: verifier,
    },
    deps,
  );
  if (!reply.ok) {
    const message = hide(reply.error, [code, verifier]);
    log("WARN", `the token exchange failed: ${message}`);
    return err({ code: "token_exchange_failed", message: `Token exchange failed: ${message}` });
  }
  const { id_token: idToken, access_token: accessToken, refresh_token: refreshToken } = reply.value;
  if (typeof idToken !== "string" || typeof accessToken !== "string" || typeof refreshToken !== "string") {
    log("WARN", "the token endpoint left out a token");
    return err({
      code: "token_exchange_failed",
      message: "Token exchange failed: the token endpoint's answer lacks a token",
    });
  }
  log("INFO", "the token exchange succeeded");
  const { workspaces } = restrictions;
  const accountId = accountClaims(idToken)?.accountId;
  if (workspaces !== undefined && (accountId === undefined || !workspaces.includes(accountId))) {
    log("WARN", "the account's workspace is not among those that the config allows");
    return err({
      code: "workspace_restriction",
      message: `Login is restricted to workspace id(s) ${workspaces.join(", ")}.`,
    });
  }
  const { url, clientId } = issuer;
  const loginOwnerId = randomText(32);
  return ok({ idToken, accessToken, refreshToken, apiKey: undefined, issuer: trimmed(url), clientId, loginOwnerId });
}

/** An API key for the account, where it may have one; not having one is no failure. */
export async function exchangeForApiKey(idToken: string, deps: SignInDeps): Promise<string | undefined> {
  const reply = await postForm(
    {
      grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
      client_id: deps.issuer.clientId,
      requested_token: "openai-api-key",
      subject_token: idToken,
      subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
    },
    deps,
  );
  const key = reply.ok ? reply.value["access_token"] : undefined;
  return typeof key === "string" && key !== "" ? key : undefined;
}

async function postForm(
  form: Record<string, string>,
  { issuer, http, client }: SignInDeps,
): Promise<Result<Record<string, unknown>, string>> {
  const reply = await http({
    method: "POST",
    url: `${trimmed(issuer.url)}/oauth/token`,
    headers: { ...clientHeaders(client()), "content-type": "application/x-www-form-urlencoded" },
    body: new URLSearchParams(form).toString(),
    timeoutMs: 30_000,
  });
  if (!reply.ok) return err(`the sign-in service cannot be reached (${reply.error.cause})`);
  const { status, text } = reply.value;
  const body = parseJson(text);
  if (status >= 200 && status < 300) return isObject(body) ? ok(body) : err("the token endpoint answered without JSON");
  return err(`token endpoint returned status ${statusLine(status)}: ${whatItSays(body, text)}`);
}

function whatItSays(body: unknown, raw: string): string {
  const told = isObject(body) ? body : {};
  const error = isObject(told["error"]) ? told["error"] : {};
  const found = [told["error_description"], error["message"], error["code"], told["error"], raw.trim().slice(0, 300)];
  return found.find((part): part is string => typeof part === "string" && part !== "") ?? "unknown error";
}

/** A service may quote what it was sent. */
const hide = (text: string, secrets: readonly string[]): string =>
  secrets.filter((secret) => secret !== "").reduce((clean, secret) => clean.replaceAll(secret, "[REDACTED]"), text);
