import { sleep } from "@codex/platform/sleep";
import { err, ok, type Result } from "@codex/protocol/result";
import {
  accountHeaders,
  externalCredentials,
  type Account,
  type Credentials,
  type ExternalTokens,
} from "./credentials.ts";
import { isHeaderSafe } from "./is-header-safe.ts";
import type { Auth } from "./open-auth.ts";
import { readPersonalToken } from "./read-personal-token.ts";
import { guardedReload, type ChatGptLogin } from "./refresh-login.ts";
import type { RefreshReason } from "./request-refresh.ts";
import { workspaceRefusal, type Restrictions } from "./restrictions.ts";
import type { Signature, Signer } from "./signer.ts";
import { isExpired, refreshDue } from "./when-to-refresh.ts";

/** What signs one conversation: it keeps its account, whoever signs in meanwhile. */
export type AuthSession = {
  /** A signer for one turn, which refreshes at most once. */
  startTurn(): Signer;
};

export type SessionDeps = {
  auth: Auth;
  restrictions: Restrictions;
  now(): number;
  /** Where an account's requests go, asked once it is known; nothing where that needs no asking. */
  route?:
    | ((account: Account, token: string) => Promise<Result<Pick<Signature, "origin" | "headers">, string>>)
    | undefined;
  /** How long a client that brings its own tokens may take for others; ten seconds where nothing is said. */
  clientPatienceMs?: number;
};

/** Binds a conversation to the credentials it begins with. */
export function openSession(credentials: Credentials, deps: SessionDeps): Result<AuthSession, string> {
  switch (credentials.mode) {
    case "apiKey":
      return isHeaderSafe(credentials.key)
        ? ok({ startTurn: () => keySigner(credentials.key) })
        : err("The API key holds blanks or characters that HTTP forbids. Store it anew: `codex login --with-api-key`.");
    case "personalAccessToken":
      return ok({ startTurn: () => personalSigner(credentials.token, deps) });
    case "chatgptAuthTokens":
      return ok(externalSession(credentials, deps));
    case "chatgpt": {
      const login = deps.auth.login();
      return login ? ok(chatGptSession(login, credentials, deps)) : err("The stored login is gone. Run `codex login`.");
    }
  }
}

const sign = async (token: string, account: Account, { route }: SessionDeps): Promise<Result<Signature, string>> => {
  const routed = await route?.(account, token);
  if (routed?.ok === false) return routed;
  const { origin, headers } = routed?.value ?? {};
  return ok({ token, headers: { ...accountHeaders(account), ...headers }, login: "chatgpt", origin });
};

/** A key never changes. */
const keySigner = (key: string): Signer => ({
  current: async () => ok({ token: key, headers: {}, login: "apiKey" }),
  renew: async () => ok(false),
});

function chatGptSession(first: ChatGptLogin, account: Account, deps: SessionDeps): AuthSession {
  const { auth, now } = deps;
  let held = first;
  const accountId = first.login.tokens.accountId;
  /** What another thread or process has stored for the same account. */
  const catchUp = (): void => {
    const stored = auth.login();
    if (stored && stored.login.tokens.accountId === accountId) held = stored;
  };
  const startTurn = (): Signer => {
    /** What came of this turn's one refresh. */
    let refreshed: Result<ChatGptLogin, string> | undefined;
    let sent = "";
    const refresh = async (reason: RefreshReason): Promise<Result<ChatGptLogin, string>> => {
      const fresh = await auth.refresh(held, reason);
      refreshed = fresh.ok ? fresh : err(fresh.error.message);
      if (fresh.ok) held = fresh.value;
      return refreshed;
    };
    return {
      current: async () => {
        if (refreshed === undefined) {
          if (refreshDue(held.login.tokens, held.login.lastRefreshMs, now()) !== undefined) catchUp();
          const reason = refreshDue(held.login.tokens, held.login.lastRefreshMs, now());
          if (reason !== undefined) await refresh(reason);
        }
        // A token that still has some minutes serves although it could not be refreshed.
        if (refreshed?.ok === false && isExpired(held.login.tokens, now())) return refreshed;
        sent = held.login.tokens.accessToken;
        return sign(sent, account, deps);
      },
      renew: async () => {
        const stored = guardedReload(held, await lookForLogin(auth));
        if (!stored.ok) return err(stored.error.message);
        held = stored.value;
        if (held.login.tokens.accessToken !== sent) return ok(true);
        if (refreshed !== undefined) return refreshed.ok ? ok(false) : refreshed;
        const fresh = await refresh("unauthorized_recovery");
        return fresh.ok ? ok(fresh.value.login.tokens.accessToken !== sent) : fresh;
      },
    };
  };
  return { startTurn };
}

async function lookForLogin(auth: Auth): Promise<Result<string | undefined, string>> {
  await auth.look();
  const login = auth.login();
  return ok(login && JSON.stringify(login.raw));
}

/** A personal access token cannot be refreshed; whose it is, is asked before its first request. */
function personalSigner(token: string, deps: SessionDeps): Signer {
  return {
    current: async () => {
      const account = await readPersonalToken(token, deps.auth.personalTokens);
      if (!account.ok) return account;
      const refusal = workspaceRefusal(account.value, deps.restrictions);
      return refusal === undefined ? sign(token, account.value, deps) : err(refusal);
    },
    renew: async () => ok(false),
  };
}

/** The client is asked once for each request, by whichever of its conversations comes first. */
function externalSession(first: Extract<Credentials, { mode: "chatgptAuthTokens" }>, deps: SessionDeps): AuthSession {
  const { auth } = deps;
  let held: { accessToken: string } & Account = first;
  const take = (tokens: ExternalTokens): void => {
    const told = externalCredentials(tokens);
    if (told.mode === "chatgptAuthTokens") held = told;
  };
  const startTurn = (): Signer => {
    let sent = "";
    return {
      current: async () => {
        const tokens = auth.external()?.tokens;
        if (tokens && tokens.accountId === held.accountId) take(tokens);
        sent = held.accessToken;
        return sign(sent, held, deps);
      },
      renew: async (time) => {
        const external = auth.external();
        if (!external || time > 1) return ok(false);
        if (external.tokens.accountId === held.accountId && external.tokens.accessToken !== sent) return ok(true);
        const fresh = await askClient(held.accountId ?? "", deps);
        if (!fresh.ok) return fresh;
        take(fresh.value);
        return ok(true);
      },
    };
  };
  return { startTurn };
}

const asking = new WeakMap<Auth, Promise<Result<ExternalTokens, string>>>();

/** One question for all who need it at the same time. */
function askClient(accountId: string, deps: SessionDeps): Promise<Result<ExternalTokens, string>> {
  const { auth, restrictions, clientPatienceMs = externalPatienceMs } = deps;
  const running = asking.get(auth);
  if (running) return running;
  const ask = async (): Promise<Result<ExternalTokens, string>> => {
    const external = auth.external();
    if (!external) return err("The client has signed out.");
    const answered = new AbortController();
    const late = nobodyAnswers(clientPatienceMs, answered.signal);
    const fresh = await Promise.race([external.refresh(accountId), late]);
    answered.abort();
    if (!fresh.ok) return fresh;
    const refusal = workspaceRefusal(fresh.value, restrictions);
    if (refusal !== undefined) return err(refusal);
    if (auth.external() === external) auth.useExternal({ ...external, tokens: fresh.value });
    return fresh;
  };
  const asked = ask().finally(() => asking.delete(auth));
  asking.set(auth, asked);
  return asked;
}

async function nobodyAnswers(ms: number, answered: AbortSignal): Promise<Result<ExternalTokens, string>> {
  await sleep(ms, answered);
  return err(`The client did not answer with new ChatGPT tokens within ${ms / 1000} s.`);
}

const externalPatienceMs = 10_000;
