import type { RateLimitSnapshot } from "@codex/protocol/rate-limits";
import type {
  RateLimitResetCredit,
  RateLimitResetCreditsSummary,
} from "@codex/protocol/methods/account-rate-limits-read";
import { isObject } from "@codex/protocol/json";
import { planOf } from "./describe-account.ts";

type Fields = Record<string, unknown>;

/** What the service says of an account's use: `rateLimits` is the first of `byId`, which everybody has. */
export type Usage = {
  allowed: boolean | null;
  rateLimits: RateLimitSnapshot;
  byId: Record<string, RateLimitSnapshot>;
  accountId: string | null;
};

/** Reads the answer of `wham/usage`; undefined where it is none. */
export function readUsage(answer: unknown): Usage | undefined {
  if (!isObject(answer)) return undefined;
  const planType = planOf(textOf(answer["plan_type"]) ?? undefined);
  const main: RateLimitSnapshot = {
    ...windowsOf(answer["rate_limit"]),
    limitId: "codex",
    limitName: null,
    normalModelSlug: null,
    credits: readCredits(answer["credits"]),
    individualLimit: null,
    spendControlReached: reachedOf(answer["spend_control"]),
    planType,
    rateLimitReachedType: kindOf(answer["rate_limit_reached_type"]),
  };
  const more = listOf(answer["additional_rate_limits"]).flatMap((limit): RateLimitSnapshot[] => {
    const limitId = textOf(limit["metered_feature"]);
    if (limitId === null) return [];
    const limitName = textOf(limit["limit_name"]);
    return [
      {
        ...windowsOf(limit["rate_limit"]),
        limitId,
        limitName,
        normalModelSlug: null,
        credits: null,
        individualLimit: null,
        spendControlReached: null,
        planType,
        rateLimitReachedType: null,
      },
    ];
  });
  return {
    allowed: allowedOf(answer["rate_limit"]),
    rateLimits: main,
    byId: Object.fromEntries([main, ...more].map((limit) => [limit.limitId, limit])),
    accountId: textOf(answer["account_id"]),
  };
}

/** Reads the answer of `wham/rate-limit-reset-credits`; null where it is none. */
export function readResetCredits(answer: unknown): RateLimitResetCreditsSummary | null {
  if (!isObject(answer)) return null;
  const credits = listOf(answer["credits"]).flatMap(readResetCredit);
  return { availableCount: numberOf(answer["available_count"]) ?? credits.length, credits };
}

function readResetCredit(credit: Fields): RateLimitResetCredit[] {
  const id = textOf(credit["id"]);
  const grantedAt = secondsOf(credit["granted_at"]);
  if (id === null || grantedAt === null) return [];
  const status = credit["status"];
  return [
    {
      id,
      resetType: credit["reset_type"] === "codex_rate_limits" ? "codexRateLimits" : "unknown",
      status: status === "available" || status === "redeeming" || status === "redeemed" ? status : "unknown",
      grantedAt,
      expiresAt: secondsOf(credit["expires_at"]),
      title: textOf(credit["title"]),
      description: textOf(credit["description"]),
    },
  ];
}

const windowsOf = (limit: unknown): Pick<RateLimitSnapshot, "primary" | "secondary"> => ({
  primary: readWindow(isObject(limit) ? limit["primary_window"] : undefined),
  secondary: readWindow(isObject(limit) ? limit["secondary_window"] : undefined),
});

function readWindow(window: unknown): RateLimitSnapshot["primary"] {
  if (!isObject(window)) return null;
  const used = numberOf(window["used_percent"]);
  if (used === null) return null;
  const seconds = numberOf(window["limit_window_seconds"]);
  return {
    usedPercent: Math.round(used),
    windowDurationMins: seconds === null || seconds <= 0 ? null : Math.ceil(seconds / 60),
    resetsAt: numberOf(window["reset_at"]),
  };
}

function readCredits(credits: unknown): RateLimitSnapshot["credits"] {
  if (!isObject(credits)) return null;
  const { has_credits: hasCredits, unlimited, balance } = credits;
  return { hasCredits: hasCredits === true, unlimited: unlimited === true, balance: textOf(balance) };
}

const reachedOf = (control: unknown): boolean | null =>
  isObject(control) && typeof control["reached"] === "boolean" ? control["reached"] : null;

const allowedOf = (limit: unknown): boolean | null =>
  isObject(limit) && typeof limit["allowed"] === "boolean" ? limit["allowed"] : null;

const kindOf = (reached: unknown): string | null =>
  isObject(reached) ? textOf(reached["type"] ?? reached["kind"]) : null;

const listOf = (value: unknown): Fields[] => (Array.isArray(value) ? value.filter(isObject) : []);
const textOf = (value: unknown): string | null => (typeof value === "string" ? value : null);
const numberOf = (value: unknown): number | null =>
  typeof value === "number" && Number.isFinite(value) ? value : null;

function secondsOf(date: unknown): number | null {
  if (typeof date === "number") return Math.floor(date);
  const ms = typeof date === "string" ? Date.parse(date) : Number.NaN;
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
}
