import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull, Words } from "../schema.ts";
import { ApprovalsReviewer, TurnEnvironmentParams } from "../thread.ts";
import { ReasoningEffort, ReasoningSummary } from "../values.ts";

export const Params = T.Object(
  {
    threadId: T.String(),
    turnId: T.String(),
    approvalsReviewer: OptionalNull(ApprovalsReviewer),
    environments: OptionalNull(T.Array(TurnEnvironmentParams)),
    model: OptionalNull(T.String()),
    effort: OptionalNull(ReasoningEffort),
    summary: OptionalNull(ReasoningSummary),
    serviceTier: OptionalNull(T.String()),
  },
  { title: "TurnSettingsUpdateParams", additionalProperties: false },
);
export type Params = Static<typeof Params>;

export const TurnSettingsUpdateStatus = Words(["applied", "targetUnavailable"], { title: "TurnSettingsUpdateStatus" });
export type TurnSettingsUpdateStatus = Static<typeof TurnSettingsUpdateStatus>;

export const Result = T.Object({ status: TurnSettingsUpdateStatus }, { title: "TurnSettingsUpdateResponse" });
export type Result = Static<typeof Result>;
