import { Type as T, type Static } from "@sinclair/typebox";
import { Defaulted, Int64 } from "./schema.ts";

export const TokenUsageBreakdown = T.Object(
  {
    totalTokens: Int64,
    inputTokens: Int64,
    cachedInputTokens: Int64,
    cacheWriteInputTokens: Defaulted(Int64, 0),
    outputTokens: Int64,
    reasoningOutputTokens: Int64,
  },
  { title: "TokenUsageBreakdown" },
);
export type TokenUsageBreakdown = Static<typeof TokenUsageBreakdown>;
