import type { Auth } from "@codex/auth/open-auth";
import { readRestrictions, unrestricted, type Restrictions } from "@codex/auth/restrictions";
import { configNow } from "../config-now.ts";
import type { AppServer } from "../server.ts";
import { accountNews, type AccountNews } from "./account-news.ts";
import { signIns, type SignIns } from "./sign-ins.ts";

/** Who is signed in with this server, how that changes, and who is told. */
export type Accounts = {
  readonly auth: Auth;
  readonly news: AccountNews;
  readonly signIns: SignIns;
  /** What the configuration lets people sign in with, right now. */
  restrictions(): Promise<Restrictions>;
};

export function openAccounts({
  auth,
  engine,
  subscriptions,
}: Pick<AppServer, "auth" | "engine" | "subscriptions">): Accounts {
  const news = accountNews(subscriptions);
  const restrictions = async (): Promise<Restrictions> => {
    const loaded = await configNow({ engine });
    return loaded.ok ? readRestrictions(loaded.value.config) : unrestricted;
  };
  return { auth, news, signIns: signIns(news, { auth, restrictions }), restrictions };
}
