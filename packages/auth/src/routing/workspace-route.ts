import { isObject } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";

/** Where the requests of an account have to go. */
export type WorkspaceRoute = {
  /** `https://host`; undefined: where they go anyway. */
  origin: string | undefined;
  /** The rule that binds the account; the service wants to hear of it again with each request. */
  rule: "NO_CONSTRAINT" | "us" | "us_cr";
  /** What the workspace is called. */
  name: string | undefined;
};

/** Why there is no route. `binding`: the account is bound to a place that we cannot go to, so that nowhere else will do. */
export type NoRoute = { why: string; binding: boolean };

/** The route of an account from the answer of `accounts/check`, which lists the accounts or names them by id. */
export function readRoute(answer: unknown, accountId: string): Result<WorkspaceRoute, NoRoute> {
  const accounts = entriesOf(answer).filter((entry) => (entry["id"] ?? entry["account_id"]) === accountId);
  const [account] = accounts;
  if (account === undefined) return err(free("the service does not know the workspace that is signed in"));
  if (accounts.length > 1) return err(free("the service names the workspace twice"));
  const { workspace_backend_origin: origin, account_routing_override: rule } = account;
  const name = typeof account["name"] === "string" ? account["name"] : undefined;
  if (typeof rule !== "string") return err(free("the service names no routing rule"));
  if (!isRule(rule)) return err({ why: `this version does not know the routing rule "${rule}"`, binding: true });
  if (origin === "NO_CONSTRAINT") return ok({ origin: undefined, rule, name });
  if (isOrigin(origin)) return ok({ origin, rule, name });
  return err({ why: "the service names no https origin for the workspace", binding: rule !== "NO_CONSTRAINT" });
}

const free = (why: string): NoRoute => ({ why, binding: false });

export const isRule = (rule: unknown): rule is WorkspaceRoute["rule"] =>
  rule === "NO_CONSTRAINT" || rule === "us" || rule === "us_cr";

function entriesOf(answer: unknown): Record<string, unknown>[] {
  const accounts = isObject(answer) ? answer["accounts"] : undefined;
  if (Array.isArray(accounts)) return accounts.filter(isObject);
  if (!isObject(accounts)) return [];
  return Object.values(accounts)
    .map((entry) => (isObject(entry) ? entry["account"] : undefined))
    .filter(isObject);
}

/** A bare one: what is added to it must not lead anywhere else. */
const isOrigin = (value: unknown): value is string =>
  typeof value === "string" && value.startsWith("https://") && URL.canParse(value) && new URL(value).origin === value;

/** The headers that go with a route. */
export const routeHeaders = ({ rule }: Pick<WorkspaceRoute, "rule">): Record<string, string> =>
  rule === "NO_CONSTRAINT" ? {} : { "x-openai-account-routing-override": rule };
