import type { Auth } from "@codex/auth/open-auth";
import { readRestrictions, unrestricted, type Restrictions } from "@codex/auth/restrictions";
import type { Engine } from "@codex/core/engine";
import { configNow } from "../config-now.ts";
import type { Subscriptions } from "../subscriptions.ts";
import { accountNews, type AccountNews } from "./account-news.ts";
import { findWorkspace, type FindWorkspace } from "./find-workspace.ts";
import { signIns, type SignIns } from "./sign-ins.ts";

/** Who is signed in with this server, how that changes, and who is told. */
export type Accounts = {
  readonly auth: Auth;
  readonly news: AccountNews;
  readonly signIns: SignIns;
  readonly findWorkspace: FindWorkspace;
  /** What the configuration lets people sign in with, right now. */
  restrictions(): Promise<Restrictions>;
};

type AccountDeps = {
  readonly auth: Auth;
  readonly engine: Engine;
  readonly subscriptions: Pick<Subscriptions, "notify">;
};

export function openAccounts({ auth, engine, subscriptions }: AccountDeps): Accounts {
  const news = accountNews(subscriptions);
  const restrictions = async (): Promise<Restrictions> => {
    const loaded = await configNow({ engine });
    return loaded.ok ? readRestrictions(loaded.value.config) : unrestricted;
  };
  return {
    auth,
    news,
    signIns: signIns(news, { auth, restrictions }),
    findWorkspace: findWorkspace({ auth, engine }),
    restrictions,
  };
}
