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
  /** Gives up the sign-in that waits. A login that is being revoked is waited for a moment. */
  close(): Promise<void>;
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
  const signing = signIns(news, { auth, restrictions });
  const close = async (): Promise<void> => {
    await signing.end();
    await Promise.race([auth.settled(), Bun.sleep(revocationMs)]);
  };
  return { auth, news, signIns: signing, findWorkspace: findWorkspace({ auth, engine }), restrictions, close };
}

const revocationMs = 1_000;
