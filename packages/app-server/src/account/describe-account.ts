import type { Credentials } from "@codex/auth/credentials";
import type { Account } from "@codex/protocol/methods/account-read";
import { PlanType, type AuthMode } from "@codex/protocol/values";
import type { Workspace } from "./find-workspace.ts";
import type { SignedIn } from "./who-is-signed-in.ts";

/** How the protocol names the ways to sign in. */
export const authModeOf = ({ mode }: Credentials): AuthMode => (mode === "apiKey" ? "apikey" : mode);

const plans: readonly unknown[] = PlanType["enum"];

/** A plan that the protocol does not name is `unknown`. */
export const planOf = (plan: string | undefined): PlanType => {
  const named = plan?.toLowerCase();
  return named !== undefined && plans.includes(named) ? named : "unknown";
};

/** The account as clients are shown it; null where nobody is signed in, or has to sign in anew. */
export function describeAccount(
  { credentials, account, unusable }: SignedIn,
  workspace: Pick<Workspace, "name"> | null,
): Account | null {
  if (!credentials || unusable !== undefined) return null;
  if (!account) return { type: "apiKey" };
  return {
    type: "chatgpt",
    email: account.email ?? null,
    planType: planOf(account.planType),
    workspaceName: workspace?.name ?? null,
  };
}

/** The secret itself, for a client that asks for it: it already may do whatever the secret allows. */
export function tokenOf(credentials: Credentials): string {
  switch (credentials.mode) {
    case "apiKey":
      return credentials.key;
    case "chatgpt":
    case "chatgptAuthTokens":
      return credentials.accessToken;
    case "personalAccessToken":
      return credentials.token;
  }
}
