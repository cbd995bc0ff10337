import { systemClock } from "@codex/platform/clock";
import { fetchText } from "@codex/platform/fetch-text";
import { authorityFile } from "@codex/platform/http";
import type { JsonObject } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import type { AuthClient, AuthHttp } from "./auth-http.ts";
import { credentialsOf, externalCredentials, type Credentials, type ExternalTokens } from "./credentials.ts";
import { revokeUrl, whoamiUrl } from "./endpoints.ts";
import { forgetPersonalToken, isPersonalAccessToken, type PersonalTokenDeps } from "./read-personal-token.ts";
import { refusedMarker } from "./refused-marker.ts";
import { refreshLogin, type ChatGptLogin, type RefreshDeps } from "./refresh-login.ts";
import type { RefreshFailure, RefreshReason } from "./request-refresh.ts";
import { revoke } from "./revoke.ts";
import type { CredentialStore } from "./store/credential-store.ts";
import { openStore, type StoreMode } from "./store/open-store.ts";
import {
  accessTokenAuth,
  apiKeyAuth,
  chatGptAuth,
  issuerOf,
  readStoredAuth,
  storedText,
  type SignedIn,
  type StoredAuth,
} from "./stored-login.ts";

export type AuthOptions = {
  codexHome: string;
  env: Readonly<Record<string, string | undefined>>;
  /** `cli_auth_credentials_store`. */
  store: StoreMode;
  /** Whether `CODEX_API_KEY` goes before what is stored (`exec`), or counts only where nothing is. */
  environmentKey: "first" | "last";
  /** How we present ourselves to the service; it changes when a client introduces itself. */
  client(): AuthClient;
  debug?: (message: string) => void;
};

/** A client that brings tokens of its own, asked for others when the server has refused them. */
export type External = {
  tokens: ExternalTokens;
  refresh(previousAccountId: string): Promise<Result<ExternalTokens, string>>;
};

/**
 * The one place of a process that reads and writes credentials. Errors are sentences for people, and hold no secret.
 */
export type Auth = {
  /** What a conversation that begins now is signed with; storage is read anew. */
  credentials(): Result<Credentials | undefined, string>;
  /** As `credentials`, wherever looking takes: for a keyring that another process may have changed. */
  look(): Promise<Result<Credentials | undefined, string>>;
  /** The stored ChatGPT login; undefined where there is none. */
  login(): ChatGptLogin | undefined;
  /** Brings fresh tokens for the account of `stale`, once for all who ask at the same time. */
  refresh(stale: ChatGptLogin, reason: RefreshReason): Promise<Result<ChatGptLogin, RefreshFailure>>;
  /** Why the service has refused the stored login for good; undefined where it has not. */
  refusedFor(): string | undefined;
  saveApiKey(key: string): Promise<Result<void, string>>;
  savePersonalToken(token: string): Promise<Result<void, string>>;
  /** The login that this one replaces is revoked once the new one is stored; nobody waits for that but `settled`. */
  saveSignedIn(signedIn: SignedIn): Promise<Result<void, string>>;
  /** Forgets the login, here and at the service. `removed` is false where there was none. */
  logout(): Promise<Result<{ removed: boolean; notRevoked: string | undefined }, string>>;
  /** The tokens a client has brought; they go before everything stored, and `logout` ends them. */
  external(): External | undefined;
  useExternal(external: External): void;
  /** Calls back after each change of who is signed in that this process makes. Returns how to stop. */
  onChange(listener: () => void): () => void;
  /** How often this process has changed who is signed in. */
  changes(): number;
  /** Resolves when what was begun on the side is done. */
  settled(): Promise<void>;
  /** False for a login that ends with this process. */
  readonly lasting: boolean;
  readonly personalTokens: PersonalTokenDeps;
  readonly http: AuthHttp;
  client(): AuthClient;
};

/** Opens the credentials of a Codex home; a keyring is looked into once. */
export async function openAuth(options: AuthOptions): Promise<Auth> {
  const { codexHome, env } = options;
  const authorities = authorityFile(env);
  const http: AuthHttp = (request) => fetchText({ ...request, authorityFile: authorities });
  const store = await openStore(options.store, codexHome);
  return createAuth(options, {
    codexHome,
    env,
    store,
    marker: refusedMarker(codexHome, store.lasting),
    http,
    client: () => options.client(),
    now: systemClock.now,
    sleep: Bun.sleep,
    debug: options.debug ?? (() => undefined),
  });
}

/** As `openAuth`, with the world as an argument. */
export function createAuth(
  { env, environmentKey }: Pick<AuthOptions, "env" | "environmentKey">,
  deps: RefreshDeps,
): Auth {
  const { store, marker } = deps;
  const environment = environmentLogin(env);
  const listeners = new Set<() => void>();
  const refreshing = new Map<string, Promise<Result<ChatGptLogin, RefreshFailure>>>();
  /** What the last refresh brought, for whoever still has the token before it: it may be nowhere else, on a full disk say. */
  let latest: { before: string; login: ChatGptLogin } | undefined;
  const aside = new Set<Promise<unknown>>();
  let external: External | undefined;
  let changes = 0;

  const stored = (text = store.load()): Result<StoredAuth | undefined, string> => {
    if (!text.ok) return text;
    if (text.value === undefined) return ok(undefined);
    const read = readStoredAuth(text.value);
    return read.ok ? read : err("auth.json is damaged. Run `codex login` to sign in anew.");
  };
  const chosen = (text: ReturnType<CredentialStore["load"]>): Result<Credentials | undefined, string> => {
    if (environmentKey === "first" && environment.key) return ok(environment.key);
    if (external) return ok(externalCredentials(external.tokens));
    if (!environment.token.ok) return environment.token;
    if (environment.token.value) return environment.token;
    const found = stored(text);
    // A key in the environment needs no file.
    if (!found.ok) return environment.key ? ok(environment.key) : found;
    const login = found.value?.login;
    if (login?.mode === "unusable") {
      return err(`${login.what} cannot be used by this version of Codex. Run \`codex login\` to sign in another way.`);
    }
    return ok((login && credentialsOf(login)) ?? environment.key);
  };
  const loginOf = (auth: Result<StoredAuth | undefined, string>): ChatGptLogin | undefined => {
    const { raw, login } = (auth.ok ? auth.value : undefined) ?? {};
    return raw && login?.mode === "chatgpt" ? { raw, login } : undefined;
  };
  const changed = (): void => {
    changes++;
    for (const listener of [...listeners]) listener();
  };
  const replace = async (raw: JsonObject): Promise<Result<ChatGptLogin | undefined, string>> => {
    const done = await store.locked(async () => {
      const before = loginOf(stored(await store.look()));
      const saved = await store.save(storedText(raw));
      return saved.ok ? ok(before) : saved;
    });
    if (!done.ok) return done;
    marker.clear();
    changed();
    return done;
  };
  /** At the issuer that it came from, as the client that it was given to: nobody else is shown the token. */
  const endAtService = ({ raw, login }: ChatGptLogin): Promise<string | undefined> => {
    const issuer = issuerOf(raw);
    return revoke(login.tokens, { ...deps, url: revokeUrl(env, issuer), clientId: issuer.clientId });
  };

  return {
    lasting: store.lasting,
    http: deps.http,
    client: deps.client,
    personalTokens: { ...deps, url: whoamiUrl(env) },
    credentials: () => chosen(store.load()),
    look: async () => chosen(await store.look()),
    login: () => loginOf(stored()),
    refresh: (stale, reason) => {
      const { accessToken } = stale.login.tokens;
      if (latest?.before === accessToken) return Promise.resolve(ok(latest.login));
      const refresh = async (): ReturnType<typeof refreshLogin> => {
        const fresh = await refreshLogin(stale, reason, deps);
        if (fresh.ok) latest = { before: accessToken, login: fresh.value };
        return fresh;
      };
      const running = refreshing.get(accessToken) ?? refresh().finally(() => refreshing.delete(accessToken));
      refreshing.set(accessToken, running);
      return running;
    },
    refusedFor: () => {
      const login = loginOf(stored());
      return login && marker.read(login.login.tokens);
    },
    saveApiKey: async (key) => dropValue(await replace(apiKeyAuth(key))),
    savePersonalToken: async (token) => dropValue(await replace(accessTokenAuth(token))),
    saveSignedIn: async (signedIn) => {
      const replaced = await replace(chatGptAuth(signedIn, deps.now()));
      if (!replaced.ok) return replaced;
      if (replaced.value && replaced.value.login.tokens.refreshToken !== signedIn.refreshToken) {
        const revoking = endAtService(replaced.value).finally(() => aside.delete(revoking));
        aside.add(revoking);
      }
      return ok(undefined);
    },
    logout: async () => {
      if (external) {
        external = undefined;
        changed();
        return ok({ removed: true, notRevoked: undefined });
      }
      let old: ChatGptLogin | undefined;
      const removed = await store.locked(async () => {
        old = loginOf(stored(await store.look()));
        return store.remove();
      });
      if (!removed.ok) return removed;
      marker.clear();
      if (store.lasting) forgetPersonalToken(deps.codexHome);
      if (removed.value) changed();
      return ok({ removed: removed.value, notRevoked: old && (await endAtService(old)) });
    },
    external: () => external,
    useExternal: (next) => {
      external = next;
      changed();
    },
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    changes: () => changes,
    settled: async () => {
      await Promise.all(aside);
    },
  };
}

const dropValue = (result: Result<unknown, string>): Result<void, string> => (result.ok ? ok(undefined) : result);

/** What the environment brings: `CODEX_API_KEY` and `CODEX_ACCESS_TOKEN`. */
function environmentLogin(env: AuthOptions["env"]): {
  key: Credentials | undefined;
  token: Result<Credentials | undefined, string>;
} {
  const key = env["CODEX_API_KEY"]?.trim();
  const token = env["CODEX_ACCESS_TOKEN"]?.trim();
  return {
    key: key ? { mode: "apiKey", key, from: "environment" } : undefined,
    token: !token
      ? ok(undefined)
      : isPersonalAccessToken(token)
        ? ok({ mode: "personalAccessToken", token, from: "environment" })
        : err(
            "CODEX_ACCESS_TOKEN holds no personal access token (`at-…`); other kinds cannot be used by this version.",
          ),
  };
}
