import { backendHttp } from "@codex/auth/backend/open-backend";
import type { Account } from "@codex/auth/credentials";
import { findRoutes, type FindRoute } from "@codex/auth/routing/route-requests";
import { rememberedRoutes } from "@codex/auth/routing/remembered-routes";
import type { Auth } from "@codex/auth/open-auth";
import type { Engine } from "@codex/core/engine";
import { systemClock } from "@codex/platform/clock";
import type { WorkspaceRouting } from "@codex/protocol/methods/account-read";

/** What the service says of the workspace of an account. */
export type Workspace = { name: string | null; routing: WorkspaceRouting };

/** Null where the service has not said it in time, or never. */
export type FindWorkspace = (base: string, account: Account, token: string) => Promise<Workspace | null>;

/** Asks once an hour at most. Who asks is not kept waiting by a slow service: what comes later is there the next time. */
export function findWorkspace({ auth, engine }: { auth: Auth; engine: Engine }): FindWorkspace {
  const finders = new Map<string, FindRoute>();
  const finderOf = (base: string): FindRoute => {
    const finder =
      finders.get(base) ??
      findRoutes({
        base,
        residency: undefined,
        http: backendHttp(engine.host.env),
        userAgent: () => auth.client().userAgent,
        remembered: rememberedRoutes(engine.codexHome),
        now: systemClock.now,
        debug: () => undefined,
      });
    finders.set(base, finder);
    return finder;
  };
  return async (base, account, token) => {
    const { accountId } = account;
    if (accountId === undefined) return null;
    const found = await Promise.race([finderOf(base)(account, token), Bun.sleep(patienceMs)]);
    if (!found?.ok || !found.value) return null;
    const { name, origin, rule } = found.value;
    const backendOrigin = origin ?? (URL.canParse(base) ? new URL(base).origin : base);
    return {
      name: name ?? null,
      routing: { chatgptAccountId: accountId, backendOrigin, accountRoutingOverride: rule },
    };
  };
}

const patienceMs = 2_000;
