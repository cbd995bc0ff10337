import { Type as T, type Static } from "@sinclair/typebox";
import { Int32, Int64, Nullable, OpenWords } from "./schema.ts";
import { PlanType } from "./values.ts";

export const CreditsSnapshot = T.Object(
  { hasCredits: T.Boolean(), unlimited: T.Boolean(), balance: Nullable(T.String()) },
  { title: "CreditsSnapshot" },
);
export type CreditsSnapshot = Static<typeof CreditsSnapshot>;

export const RateLimitReachedType = OpenWords(
  [
    "rate_limit_reached",
    "workspace_owner_credits_depleted",
    "workspace_member_credits_depleted",
    "workspace_owner_usage_limit_reached",
    "workspace_member_usage_limit_reached",
  ],
  { title: "RateLimitReachedType" },
);
export type RateLimitReachedType = Static<typeof RateLimitReachedType>;

export const RateLimitWindow = T.Object(
  { usedPercent: Int32, windowDurationMins: Nullable(Int64), resetsAt: Nullable(Int64) },
  { title: "RateLimitWindow" },
);
export type RateLimitWindow = Static<typeof RateLimitWindow>;

export const SpendControlLimitSnapshot = T.Object(
  { limit: T.String(), used: T.String(), remainingPercent: Int32, resetsAt: Int64 },
  { title: "SpendControlLimitSnapshot" },
);
export type SpendControlLimitSnapshot = Static<typeof SpendControlLimitSnapshot>;

export const RateLimitSnapshot = T.Object(
  {
    limitId: Nullable(T.String()),
    limitName: Nullable(T.String()),
    normalModelSlug: Nullable(T.String()),
    primary: Nullable(RateLimitWindow),
    secondary: Nullable(RateLimitWindow),
    credits: Nullable(CreditsSnapshot),
    individualLimit: Nullable(SpendControlLimitSnapshot),
    spendControlReached: Nullable(T.Boolean()),
    planType: Nullable(PlanType),
    rateLimitReachedType: Nullable(RateLimitReachedType),
  },
  { title: "RateLimitSnapshot" },
);
export type RateLimitSnapshot = Static<typeof RateLimitSnapshot>;
