import { parseJson } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { backendUrl } from "../backend/backend-base.ts";
import type { BackendHttp } from "../backend/open-backend.ts";
import { accountHeaders, type Account } from "../credentials.ts";
import type { Signature } from "../signer.ts";
import type { RememberedRoutes } from "./remembered-routes.ts";
import { readRoute, routeHeaders, type NoRoute, type WorkspaceRoute } from "./workspace-route.ts";

export type RouteDeps = {
  /** `chatgpt_base_url`. */
  base: string;
  /** The administrator's `enforce_residency`. */
  residency: "us" | undefined;
  http: BackendHttp;
  userAgent(): string;
  remembered: RememberedRoutes;
  now(): number;
  debug(message: string): void;
};

/** What a route adds to a signature, asked before each request. */
export type RouteRequests = (
  account: Account,
  token: string,
) => Promise<Result<Pick<Signature, "origin" | "headers">, string>>;

/** Where an account's requests have to go; undefined where they go anyway, for the service does not say. */
export type FindRoute = (account: Account, token: string) => Promise<Result<WorkspaceRoute | undefined, string>>;

/** What a route adds to the signature of each request. */
export function routeRequests(deps: RouteDeps): RouteRequests {
  const find = findRoutes(deps);
  return async (account, token) => {
    const found = await find(account, token);
    if (!found.ok) return err(sentence(found.error));
    if (found.value === undefined) return ok({ headers: {} });
    return ok({ origin: found.value.origin, headers: routeHeaders(found.value) });
  };
}

/**
 * Finds out where an account's requests have to go. The service is asked once an hour for each account; when it does not
 * answer, what it last said counts, and where it never said anything the requests go where they go anyway, unless the
 * administrator or the account forbids that. Make one for each process: it is what keeps the question single.
 */
export function findRoutes(deps: RouteDeps): FindRoute {
  const asking = new Map<string, Promise<Result<WorkspaceRoute | undefined, string>>>();
  const failures = new Map<string, { failure: NoRoute; until: number }>();

  const askOrWait = async (account: Account, token: string, key: string): Promise<Result<WorkspaceRoute, NoRoute>> => {
    const before = failures.get(key);
    if (before && deps.now() < before.until) return err(before.failure);
    const asked = await ask(account, token, deps);
    if (asked.ok) {
      failures.delete(key);
      deps.remembered.write(key, asked.value, deps.now());
    } else {
      failures.set(key, { failure: asked.error, until: deps.now() + pauseMs });
      deps.debug(`workspace routing: ${asked.error.why}`);
    }
    return asked;
  };
  const find = async (account: Account, token: string): Promise<Result<WorkspaceRoute | undefined, string>> => {
    const key = keyOf(account, deps);
    const known = deps.remembered.read(key);
    const age = known === undefined ? -1 : deps.now() - known.askedAt;
    if (known && age >= 0 && age < lifetimeMs) return ok(known.route);
    const asked = await askOrWait(account, token, key);
    if (asked.ok) return asked;
    if (asked.error.binding) return err(asked.error.why);
    if (known) return ok(known.route);
    return deps.residency !== undefined || account.fedramp ? err(asked.error.why) : ok(undefined);
  };
  return (account, token) => {
    const key = keyOf(account, deps);
    const running = asking.get(key) ?? find(account, token).finally(() => asking.delete(key));
    asking.set(key, running);
    return running;
  };
}

const keyOf = ({ accountId }: Account, { base }: RouteDeps): string => JSON.stringify([accountId ?? null, base]);

const lifetimeMs = 3_600_000;

/** A service that does not answer is not asked at each request. */
const pauseMs = 60_000;

const sentence = (why: string): string =>
  `Workspace routing discovery failed: ${why}. Nothing was sent to the model; try again, or ask your administrator.`;

async function ask(account: Account, token: string, deps: RouteDeps): Promise<Result<WorkspaceRoute, NoRoute>> {
  if (account.accountId === undefined) return err({ why: "the login names no account", binding: false });
  const url = backendUrl(deps.base, "accounts/check");
  const reply = await deps.http({
    method: "GET",
    url,
    headers: { "user-agent": deps.userAgent(), ...accountHeaders(account), authorization: `Bearer ${token}` },
    timeoutMs: 15_000,
  });
  if (!reply.ok) return err({ why: `${url} cannot be reached (${reply.error.cause})`, binding: false });
  const { status, text } = reply.value;
  if (status !== 200) return err({ why: `${url} answered with status ${status}`, binding: false });
  return readRoute(parseJson(text), account.accountId);
}
