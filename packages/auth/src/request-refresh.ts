import { isObject, parseJson } from "@codex/protocol/json";
import type { HttpFailure } from "@codex/platform/http";
import { err, ok, type Result } from "@codex/protocol/result";
import { clientHeaders, type AuthClient, type AuthHttp } from "./auth-http.ts";
import { statusLine } from "./status-line.ts";
import type { Refreshed } from "./stored-login.ts";

/** Why a token is refreshed; the service is told. */
export type RefreshReason = "proactive_expiry" | "scheduled" | "unauthorized_recovery" | "forced";

/** `permanent`: the refresh token will never be accepted again. The message is a sentence. */
export type RefreshFailure = { kind: "permanent" | "transient"; message: string };

export type RefreshRequest = { url: string; refreshToken: string; clientId: string; reason: RefreshReason };

/** Asks once for fresh tokens. */
export async function requestRefresh(
  { url, refreshToken, clientId, reason }: RefreshRequest,
  { http, client }: { http: AuthHttp; client(): AuthClient },
): Promise<Result<Refreshed, RefreshFailure>> {
  const reply = await http({
    method: "POST",
    url,
    headers: { ...clientHeaders(client()), "content-type": "application/json" },
    body: JSON.stringify({
      client_id: clientId,
      grant_type: "refresh_token",
      refresh_reason: reason,
      refresh_token: refreshToken,
    }),
    timeoutMs,
  });
  if (!reply.ok) return err({ kind: "transient", message: `Failed to refresh token: ${describe(reply.error)}` });
  const { status, text } = reply.value;
  const body = parseJson(text);
  if (status >= 200 && status < 300) {
    const told = isObject(body) ? body : {};
    return ok({
      idToken: textOf(told["id_token"]),
      accessToken: textOf(told["access_token"]),
      refreshToken: textOf(told["refresh_token"]),
    });
  }
  return err(readRefusal(status, body));
}

const timeoutMs = 30_000;

const describe = ({ cause }: HttpFailure): string => `the sign-in service cannot be reached (${cause})`;

/** A 401 is final, whatever it says; of a 400 only `invalid_grant` is. */
export function readRefusal(status: number, body: unknown): RefreshFailure {
  const code = refusalCode(body);
  if (status === 401) return { kind: "permanent", message: sentences[code] ?? couldNot("") };
  if (status === 400 && code === "invalid_grant") return { kind: "permanent", message: couldNot("") };
  return { kind: "transient", message: `Failed to refresh token: ${statusLine(status)}` };
}

/** `error.code`, `error` as a text, or `code`; in lower case. */
function refusalCode(body: unknown): string {
  if (!isObject(body)) return "";
  const { error, code } = body;
  const found = isObject(error) ? error["code"] : (error ?? code);
  return typeof found === "string" ? found.toLowerCase() : "";
}

const couldNot = (why: string): string =>
  `Your access token could not be refreshed${why === "" ? "" : ` because ${why}`}. Please log out and sign in again.`;

/** The original's sentences: programs look for them. */
const sentences: Readonly<Record<string, string>> = {
  refresh_token_expired: couldNot("your refresh token has expired"),
  refresh_token_reused: couldNot("your refresh token was already used"),
  refresh_token_invalidated: couldNot("your refresh token was revoked"),
};

export const otherAccountSentence =
  "Your access token could not be refreshed because you have since logged out or signed in to another account. Please sign in again.";

const textOf = (value: unknown): string | undefined => (typeof value === "string" && value !== "" ? value : undefined);
