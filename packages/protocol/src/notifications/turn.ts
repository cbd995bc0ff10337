import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, Words } from "../schema.ts";
import { Turn } from "../thread.ts";
import { JsonValue } from "../values.ts";

export const TurnCompletedNotification = T.Object(
  { threadId: T.String(), turn: Turn },
  { title: "TurnCompletedNotification" },
);
export type TurnCompletedNotification = Static<typeof TurnCompletedNotification>;

export const TurnDiffUpdatedNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), diff: T.String() },
  { title: "TurnDiffUpdatedNotification" },
);
export type TurnDiffUpdatedNotification = Static<typeof TurnDiffUpdatedNotification>;

export const TurnModerationMetadataNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), metadata: JsonValue },
  { title: "TurnModerationMetadataNotification" },
);
export type TurnModerationMetadataNotification = Static<typeof TurnModerationMetadataNotification>;

export const TurnPlanStepStatus = Words(["pending", "inProgress", "completed"], { title: "TurnPlanStepStatus" });
export type TurnPlanStepStatus = Static<typeof TurnPlanStepStatus>;

export const TurnPlanStep = T.Object({ step: T.String(), status: TurnPlanStepStatus }, { title: "TurnPlanStep" });
export type TurnPlanStep = Static<typeof TurnPlanStep>;

export const TurnPlanUpdatedNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), explanation: Nullable(T.String()), plan: T.Array(TurnPlanStep) },
  { title: "TurnPlanUpdatedNotification" },
);
export type TurnPlanUpdatedNotification = Static<typeof TurnPlanUpdatedNotification>;

export const TurnStartedNotification = T.Object(
  { threadId: T.String(), turn: Turn },
  { title: "TurnStartedNotification" },
);
export type TurnStartedNotification = Static<typeof TurnStartedNotification>;
