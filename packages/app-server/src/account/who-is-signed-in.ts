import type { Account, Credentials } from "@codex/auth/credentials";
import type { Auth } from "@codex/auth/open-auth";
import { readPersonalToken } from "@codex/auth/read-personal-token";
import { refusalOf, workspaceRefusal, type Restrictions } from "@codex/auth/restrictions";
import { refreshDue } from "@codex/auth/when-to-refresh";
import { systemClock } from "@codex/platform/clock";

/** Who is signed in, and whether that will do. */
export type SignedIn = {
  /** Undefined where nobody is. */
  readonly credentials: Credentials | undefined;
  /** Whose they are; undefined for a key and for nobody. */
  readonly account: Account | undefined;
  /** Why these credentials cannot be used until somebody signs in anew: a sentence, without any secret. */
  readonly unusable: string | undefined;
};

const nobody: SignedIn = { credentials: undefined, account: undefined, unusable: undefined };

/**
 * Looks at the credentials as they are now. A ChatGPT login that is due is refreshed first, one that is not only where `force`
 * says so; a client's own tokens never are, for only that client can. Tokens that could not be refreshed for the moment stay.
 */
export async function whoIsSignedIn(
  auth: Auth,
  restrictions: Restrictions,
  { force }: { force: boolean },
): Promise<SignedIn> {
  const found = await auth.look();
  if (!found.ok) return { ...nobody, unusable: found.error };
  const credentials = found.value;
  if (!credentials) return nobody;
  const refusal = refusalOf(credentials, restrictions);
  if (refusal !== undefined) return { credentials, account: undefined, unusable: refusal };
  switch (credentials.mode) {
    case "apiKey":
      return { ...nobody, credentials };
    case "chatgptAuthTokens":
      return { ...nobody, credentials, account: credentials };
    case "chatgpt":
      return freshLogin(auth, credentials, force);
    case "personalAccessToken": {
      const account = await readPersonalToken(credentials.token, auth.personalTokens);
      if (!account.ok) return { credentials, account: undefined, unusable: account.error };
      return { credentials, account: account.value, unusable: workspaceRefusal(account.value, restrictions) };
    }
  }
}

async function freshLogin(
  auth: Auth,
  credentials: Extract<Credentials, { mode: "chatgpt" }>,
  force: boolean,
): Promise<SignedIn> {
  const login = auth.login();
  const refused = auth.refusedFor();
  if (refused !== undefined) return { credentials, account: credentials, unusable: refused };
  if (!login) return { ...nobody, credentials, account: credentials };
  const due = refreshDue(login.login.tokens, login.login.lastRefreshMs, systemClock.now());
  const reason = force ? "forced" : due;
  if (reason === undefined) return { ...nobody, credentials, account: credentials };
  const refreshed = await auth.refresh(login, reason);
  if (!refreshed.ok && refreshed.error.kind === "permanent") {
    return { credentials, account: credentials, unusable: refreshed.error.message };
  }
  const now = auth.credentials();
  const fresh = now.ok && now.value?.mode === "chatgpt" ? now.value : credentials;
  return { ...nobody, credentials: fresh, account: fresh };
}
