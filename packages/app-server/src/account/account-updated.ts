import type { Auth } from "@codex/auth/open-auth";
import type { Restrictions } from "@codex/auth/restrictions";
import type { AccountEvent } from "./account-news.ts";
import { authModeOf, planOf } from "./describe-account.ts";
import { whoIsSignedIn } from "./who-is-signed-in.ts";

/** What it takes to see who is signed in. */
export type SignedInNow = { readonly auth: Auth; restrictions(): Promise<Restrictions> };

/** The news of who is signed in now. */
export async function accountUpdated({ auth, restrictions }: SignedInNow): Promise<AccountEvent> {
  const { credentials, account } = await whoIsSignedIn(auth, await restrictions(), { force: false });
  return {
    method: "account/updated",
    params: {
      authMode: credentials ? authModeOf(credentials) : null,
      planType: account ? planOf(account.planType) : null,
    },
  };
}
