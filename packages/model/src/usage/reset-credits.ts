import { isObject } from "@codex/protocol/json";
import type {
  RateLimitResetCredit,
  RateLimitResetCreditsSummary,
} from "@codex/protocol/methods/account-rate-limits-read";
import { number, part, text, type UsageAnswer } from "./usage-limits.ts";

/** The answer of `wham/rate-limit-reset-credits`; undefined where it is none. */
export function resetCredits(answer: unknown): RateLimitResetCreditsSummary | undefined {
  const availableCount = number(part(answer)["available_count"]);
  const credits = part(answer)["credits"];
  if (availableCount === null) return undefined;
  return { availableCount, credits: Array.isArray(credits) ? credits.filter(isObject).flatMap(readCredit) : null };
}

/** What the answer of `wham/usage` says of them. */
export function resetCreditsCount(answer: UsageAnswer): RateLimitResetCreditsSummary | null {
  const availableCount = number(part(answer["rate_limit_reset_credits"])["available_count"]);
  return availableCount === null ? null : { availableCount, credits: null };
}

function readCredit(credit: Record<string, unknown>): RateLimitResetCredit[] {
  const id = text(credit["id"]);
  const grantedAt = seconds(credit["granted_at"]);
  if (id === null || grantedAt === null) return [];
  return [
    {
      id,
      resetType: credit["reset_type"] === "codex_rate_limits" ? "codexRateLimits" : "unknown",
      status: statuses[String(credit["status"])] ?? "unknown",
      grantedAt,
      expiresAt: seconds(credit["expires_at"]),
      title: text(credit["title"]),
      description: text(credit["description"]),
    },
  ];
}

const statuses: Readonly<Record<string, RateLimitResetCredit["status"]>> = {
  available: "available",
  redeeming: "redeeming",
  redeemed: "redeemed",
};

/** Unix seconds of an RFC 3339 time. */
function seconds(value: unknown): number | null {
  const ms = typeof value === "string" ? Date.parse(value) : Number.NaN;
  return Number.isNaN(ms) ? null : Math.floor(ms / 1000);
}
