import { isObject } from "@codex/protocol/json";
import type { RateLimitSnapshot } from "@codex/protocol/rate-limits";
import type { PlanType } from "@codex/protocol/values";

/** The answer of `wham/usage`; nothing but the plan is certain to be there. */
export type UsageAnswer = Readonly<Record<string, unknown>> & { plan_type: string };

export const usageAnswer = (value: unknown): UsageAnswer | undefined =>
  isObject(value) && typeof value["plan_type"] === "string" ? { ...value, plan_type: value["plan_type"] } : undefined;

export const accountOf = (answer: UsageAnswer): string | null => text(answer["account_id"]);

/** Whether the account may go on as usual, where the answer is about that very person and workspace. */
export function ordinaryUseOf(answer: UsageAnswer, of: UsageOwner | undefined): boolean | null {
  const { allowed } = part(answer["rate_limit"]);
  const isTheirs = of !== undefined && answer["account_id"] === of.accountId && answer["user_id"] === of.userId;
  return isTheirs && typeof allowed === "boolean" ? allowed : null;
}

/** Whose limits are asked for, as the login says. */
export type UsageOwner = { accountId: string | undefined; userId: string | undefined };

/** The main limit, and those of single models by their ids. */
export function limitsOf(
  answer: UsageAnswer,
  planOf: (plan: string) => PlanType,
): { codex: RateLimitSnapshot; additional: Record<string, RateLimitSnapshot> } {
  const planType = planOf(answer.plan_type);
  const spending = part(answer["spend_control"]);
  const reached = spending["reached"];
  const codex: RateLimitSnapshot = {
    ...windowsOf(answer["rate_limit"]),
    limitId: "codex",
    limitName: null,
    normalModelSlug: null,
    credits: creditsOf(answer["credits"]),
    individualLimit: individualLimit(spending["individual_limit"]),
    spendControlReached: typeof reached === "boolean" ? reached : null,
    planType,
    rateLimitReachedType: reachedType(answer["rate_limit_reached_type"]),
  };
  const more = answer["additional_rate_limits"];
  const additional = (Array.isArray(more) ? more.filter(isObject) : []).flatMap(
    (limit): [string, RateLimitSnapshot][] => {
      const limitId = text(limit["metered_feature"]);
      if (limitId === null) return [];
      const windows = windowsOf(limit["rate_limit"]);
      return [[limitId, { ...nothingElse, ...windows, limitId, limitName: text(limit["limit_name"]), planType }]];
    },
  );
  return { codex, additional: Object.fromEntries(additional) };
}

const nothingElse = {
  normalModelSlug: null,
  credits: null,
  individualLimit: null,
  spendControlReached: null,
  rateLimitReachedType: null,
} as const;

const windowsOf = (limit: unknown): Pick<RateLimitSnapshot, "primary" | "secondary"> => ({
  primary: windowOf(part(limit)["primary_window"]),
  secondary: windowOf(part(limit)["secondary_window"]),
});

/** Minutes are rounded up; a window without a length has none. */
function windowOf(value: unknown): RateLimitSnapshot["primary"] {
  const used = number(part(value)["used_percent"]);
  if (used === null) return null;
  const seconds = number(part(value)["limit_window_seconds"]) ?? 0;
  return {
    usedPercent: Math.trunc(used),
    windowDurationMins: seconds > 0 ? Math.ceil(seconds / 60) : null,
    resetsAt: number(part(value)["reset_at"]),
  };
}

function creditsOf(value: unknown): RateLimitSnapshot["credits"] {
  const { has_credits: hasCredits, unlimited, balance } = part(value);
  if (typeof hasCredits !== "boolean" || typeof unlimited !== "boolean") return null;
  return { hasCredits, unlimited, balance: text(balance) };
}

function individualLimit(value: unknown): RateLimitSnapshot["individualLimit"] {
  const told = part(value);
  const [limit, used] = [text(told["limit"]), text(told["used"])];
  const [remainingPercent, resetsAt] = [number(told["remaining_percent"]), number(told["reset_at"])];
  if (limit === null || used === null || remainingPercent === null || resetsAt === null) return null;
  return { limit, used, remainingPercent: Math.trunc(remainingPercent), resetsAt };
}

/** A reason that the protocol does not name is none. */
function reachedType(value: unknown): RateLimitSnapshot["rateLimitReachedType"] {
  const type = text(part(value)["type"] ?? part(value)["kind"]);
  return type !== null && reachedTypes.has(type) ? type : null;
}

const reachedTypes: ReadonlySet<string> = new Set([
  "rate_limit_reached",
  "workspace_owner_credits_depleted",
  "workspace_member_credits_depleted",
  "workspace_owner_usage_limit_reached",
  "workspace_member_usage_limit_reached",
]);

export const part = (value: unknown): Record<string, unknown> => (isObject(value) ? value : {});

export const text = (value: unknown): string | null => (typeof value === "string" ? value : null);

export const number = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;
