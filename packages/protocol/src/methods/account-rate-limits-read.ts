import { Type as T, type Static } from "@sinclair/typebox";
import { RateLimitSnapshot } from "../rate-limits.ts";
import { BigInt64, Int64, Nullable, ParamsOrNone, Words } from "../schema.ts";
import { JsonValue } from "../values.ts";

export const Params = ParamsOrNone(
  T.Object(
    { supportsLunaReserve: T.Optional(T.Boolean()), excludeResetCreditDetails: T.Optional(T.Boolean()) },
    { title: "GetAccountRateLimitsParams" },
  ),
);
export type Params = Static<typeof Params>;

export const RateLimitResetType = Words(["codexRateLimits", "unknown"], { title: "RateLimitResetType" });
export type RateLimitResetType = Static<typeof RateLimitResetType>;

export const RateLimitResetCreditStatus = Words(["available", "redeeming", "redeemed", "unknown"], {
  title: "RateLimitResetCreditStatus",
});
export type RateLimitResetCreditStatus = Static<typeof RateLimitResetCreditStatus>;

export const RateLimitResetCredit = T.Object(
  {
    id: T.String(),
    resetType: RateLimitResetType,
    status: RateLimitResetCreditStatus,
    grantedAt: Int64,
    expiresAt: Nullable(Int64),
    title: Nullable(T.String()),
    description: Nullable(T.String()),
  },
  { title: "RateLimitResetCredit" },
);
export type RateLimitResetCredit = Static<typeof RateLimitResetCredit>;

export const RateLimitResetCreditsSummary = T.Object(
  { availableCount: BigInt64, credits: Nullable(T.Array(RateLimitResetCredit)) },
  { title: "RateLimitResetCreditsSummary" },
);
export type RateLimitResetCreditsSummary = Static<typeof RateLimitResetCreditsSummary>;

export const Result = T.Object(
  {
    ordinaryUsageAllowed: Nullable(T.Boolean()),
    rateLimits: RateLimitSnapshot,
    rateLimitsByLimitId: Nullable(T.Record(T.String(), RateLimitSnapshot)),
    rateLimitResetCredits: Nullable(RateLimitResetCreditsSummary),
    accountId: Nullable(T.String()),
    rateLimitUpsell: Nullable(JsonValue),
  },
  { title: "GetAccountRateLimitsResponse" },
);
export type Result = Static<typeof Result>;
