import { Type as T, type Static } from "@sinclair/typebox";
import { BigInt64, Nullable, OptionalNull, ParamsOrNone } from "../schema.ts";

export const AccountTokenUsageDailyBucket = T.Object(
  { startDate: T.String(), tokens: BigInt64 },
  { title: "AccountTokenUsageDailyBucket" },
);
export type AccountTokenUsageDailyBucket = Static<typeof AccountTokenUsageDailyBucket>;

export const AccountTokenUsageSummary = T.Object(
  {
    lifetimeTokens: Nullable(BigInt64),
    peakDailyTokens: Nullable(BigInt64),
    longestRunningTurnSec: Nullable(BigInt64),
    currentStreakDays: Nullable(BigInt64),
    longestStreakDays: Nullable(BigInt64),
  },
  { title: "AccountTokenUsageSummary" },
);
export type AccountTokenUsageSummary = Static<typeof AccountTokenUsageSummary>;

export const Params = ParamsOrNone(
  T.Object({ threadId: OptionalNull(T.String()) }, { title: "GetAccountTokenUsageParams" }),
);
export type Params = Static<typeof Params>;

export const ThreadUsageBreakdownGroup = T.Object(
  {
    model: Nullable(T.String()),
    reasoningEffort: Nullable(T.String()),
    speed: Nullable(T.String()),
    estimatedUsageCreditsMicros: BigInt64,
    netNewInputTokens: Nullable(BigInt64),
    cachedInputTokens: Nullable(BigInt64),
    inputTokens: Nullable(BigInt64),
    outputTokens: Nullable(BigInt64),
    totalTokens: Nullable(BigInt64),
  },
  { title: "ThreadUsageBreakdownGroup" },
);
export type ThreadUsageBreakdownGroup = Static<typeof ThreadUsageBreakdownGroup>;

export const ThreadUsage = T.Object(
  {
    threadId: T.String(),
    estimatedUsageCreditsMicros: BigInt64,
    estimatedUsageUsdMicros: Nullable(BigInt64),
    nativeUsageUsdMicros: OptionalNull(BigInt64),
    groups: T.Array(ThreadUsageBreakdownGroup),
  },
  { title: "ThreadUsage" },
);
export type ThreadUsage = Static<typeof ThreadUsage>;

export const Result = T.Object(
  {
    summary: AccountTokenUsageSummary,
    dailyUsageBuckets: Nullable(T.Array(AccountTokenUsageDailyBucket)),
    threadUsage: OptionalNull(ThreadUsage),
  },
  { title: "GetAccountTokenUsageResponse" },
);
export type Result = Static<typeof Result>;
