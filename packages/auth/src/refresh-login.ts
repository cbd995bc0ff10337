import { lockPatiently } from "@codex/platform/try-lock";
import type { JsonObject } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { join } from "node:path";
import type { AuthClient, AuthHttp } from "./auth-http.ts";
import { refreshUrl } from "./endpoints.ts";
import type { RefusedMarker } from "./refused-marker.ts";
import {
  otherAccountSentence,
  requestRefresh,
  type RefreshFailure,
  type RefreshReason,
  type RefreshRequest,
} from "./request-refresh.ts";
import type { CredentialStore } from "./store/credential-store.ts";
import { issuerOf, readStoredAuth, storedText, withRefreshed, type StoredLogin } from "./stored-login.ts";

/** A ChatGPT login as it is stored. */
export type ChatGptLogin = { raw: JsonObject; login: Extract<StoredLogin, { mode: "chatgpt" }> };

export type RefreshDeps = {
  codexHome: string;
  env: Readonly<Record<string, string | undefined>>;
  store: CredentialStore;
  marker: RefusedMarker;
  http: AuthHttp;
  client(): AuthClient;
  now(): number;
  sleep(ms: number): Promise<void>;
  debug(message: string): void;
};

/**
 * Brings fresh tokens for the account of `stale`. One process at a time asks the service: who waited meanwhile finds what
 * the other brought, or that the service refused it for good, and asks no more.
 */
export async function refreshLogin(
  stale: ChatGptLogin,
  reason: RefreshReason,
  deps: RefreshDeps,
): Promise<Result<ChatGptLogin, RefreshFailure>> {
  const lock = deps.store.lasting
    ? await lockPatiently(join(deps.codexHome, "auth-refresh.lock"), patience, 0o600)
    : undefined;
  if (lock?.ok === false && lock.error === "busy") {
    return err(transient("another Codex process is refreshing it and does not come to an end; try again"));
  }
  // Where no lock can be made (a home that cannot be written) the request is still better than none.
  try {
    const found = guardedReload(stale, await deps.store.look());
    if (!found.ok) return found;
    if (found.value.login.tokens.accessToken !== stale.login.tokens.accessToken) return found;
    return await ask(found.value, reason, deps);
  } finally {
    if (lock?.ok) lock.value.release();
  }
}

/** Longer than the tries of another process take. */
const patience = 75_000;

const transient = (why: string): RefreshFailure => ({ kind: "transient", message: `Failed to refresh token: ${why}` });

/** What is stored now, if it belongs to the same account. */
export function guardedReload(
  stale: ChatGptLogin,
  text: Result<string | undefined, string>,
): Result<ChatGptLogin, RefreshFailure> {
  if (!text.ok) return err(transient(text.error));
  const stored = text.value === undefined ? undefined : readStoredAuth(text.value);
  const { raw, login } = stored?.ok ? stored.value : {};
  const same = login?.mode === "chatgpt" && login.tokens.accountId === stale.login.tokens.accountId;
  if (!raw || !login || !same) return err({ kind: "permanent", message: otherAccountSentence });
  return ok({ raw, login });
}

async function ask(
  current: ChatGptLogin,
  reason: RefreshReason,
  deps: RefreshDeps,
): Promise<Result<ChatGptLogin, RefreshFailure>> {
  const { tokens } = current.login;
  const refused = deps.marker.read(tokens);
  if (refused !== undefined) return err({ kind: "permanent", message: refused });
  if (tokens.refreshToken === undefined) {
    return err({ kind: "permanent", message: "The stored login cannot be refreshed. Run `codex login`." });
  }
  const issuer = issuerOf(current.raw);
  const request = {
    url: refreshUrl(deps.env, issuer),
    refreshToken: tokens.refreshToken,
    clientId: issuer.clientId,
    reason,
  };
  const fresh = await askTwice(request, deps);
  if (!fresh.ok) {
    if (fresh.error.kind === "permanent") deps.marker.write(tokens, fresh.error.message);
    deps.debug(`sign-in: refreshing (${reason}) failed for ${fresh.error.kind === "permanent" ? "good" : "now"}`);
    return fresh;
  }
  deps.debug(`sign-in: refreshed (${reason})`);
  return save(current, withRefreshed(current.raw, fresh.value, deps.now()), deps);
}

/** A service that stumbles gets one more chance after a moment. */
async function askTwice(request: RefreshRequest, deps: RefreshDeps): ReturnType<typeof requestRefresh> {
  const first = await requestRefresh(request, deps);
  if (first.ok || first.error.kind === "permanent") return first;
  await deps.sleep(backOffMs);
  return requestRefresh(request, deps);
}

const backOffMs = 500;

/** Stores fresh tokens, unless another login has taken the place meanwhile. What cannot be stored still serves this process. */
async function save(
  before: ChatGptLogin,
  raw: JsonObject,
  deps: RefreshDeps,
): Promise<Result<ChatGptLogin, RefreshFailure>> {
  const read = readStoredAuth(storedText(raw));
  const login = read.ok ? read.value.login : undefined;
  if (login?.mode !== "chatgpt") return err(transient("the service answered without tokens"));
  const saved = await deps.store.locked(async () => {
    const now = guardedReload(before, await deps.store.look());
    if (!now.ok) return now.error.kind === "permanent" ? ok(undefined) : err(now.error.message);
    return deps.store.save(
      storedText({ ...now.value.raw, tokens: raw["tokens"] ?? null, last_refresh: raw["last_refresh"] ?? null }),
    );
  });
  if (!saved.ok) deps.debug(`sign-in: fresh tokens cannot be stored: ${saved.error}`);
  return ok({ raw, login });
}
