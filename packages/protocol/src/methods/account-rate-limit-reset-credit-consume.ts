import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull, Words } from "../schema.ts";

export const ConsumeAccountRateLimitResetCreditOutcome = Words(
  ["reset", "nothingToReset", "noCredit", "alreadyRedeemed"],
  { title: "ConsumeAccountRateLimitResetCreditOutcome" },
);
export type ConsumeAccountRateLimitResetCreditOutcome = Static<typeof ConsumeAccountRateLimitResetCreditOutcome>;

export const Params = T.Object(
  { idempotencyKey: T.String(), creditId: OptionalNull(T.String()) },
  { title: "ConsumeAccountRateLimitResetCreditParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { outcome: ConsumeAccountRateLimitResetCreditOutcome },
  { title: "ConsumeAccountRateLimitResetCreditResponse" },
);
export type Result = Static<typeof Result>;
