import { Type as T, type Static } from "@sinclair/typebox";
import { GuardianRiskLevel, GuardianUserAuthorization } from "../guardian.ts";
import { RequestPermissionProfile } from "../permissions.ts";
import { Int64, Nullable, Uint16, Words } from "../schema.ts";
import { AbsolutePathBuf, LegacyAppPathString, NetworkApprovalProtocol } from "../values.ts";

export const AutoReviewDecisionSource = Words(["agent"], { title: "AutoReviewDecisionSource" });
export type AutoReviewDecisionSource = Static<typeof AutoReviewDecisionSource>;

export const GuardianApprovalReviewStatus = Words(["inProgress", "approved", "denied", "timedOut", "aborted"], {
  title: "GuardianApprovalReviewStatus",
});
export type GuardianApprovalReviewStatus = Static<typeof GuardianApprovalReviewStatus>;

export const GuardianApprovalReview = T.Object(
  {
    status: GuardianApprovalReviewStatus,
    riskLevel: Nullable(GuardianRiskLevel),
    userAuthorization: Nullable(GuardianUserAuthorization),
    rationale: Nullable(T.String()),
  },
  { title: "GuardianApprovalReview" },
);
export type GuardianApprovalReview = Static<typeof GuardianApprovalReview>;

export const GuardianCommandSource = Words(["shell", "unifiedExec"], { title: "GuardianCommandSource" });
export type GuardianCommandSource = Static<typeof GuardianCommandSource>;

export const GuardianApprovalReviewAction = T.Union(
  [
    T.Object({
      type: T.Literal("command"),
      source: GuardianCommandSource,
      command: T.String(),
      cwd: LegacyAppPathString,
    }),
    T.Object({
      type: T.Literal("execve"),
      source: GuardianCommandSource,
      program: T.String(),
      argv: T.Array(T.String()),
      cwd: AbsolutePathBuf,
    }),
    T.Object({
      type: T.Literal("writeStdin"),
      approvalId: T.String(),
      processId: T.String(),
      stdin: T.String(),
      cwd: LegacyAppPathString,
    }),
    T.Object({ type: T.Literal("applyPatch"), cwd: LegacyAppPathString, files: T.Array(LegacyAppPathString) }),
    T.Object({
      type: T.Literal("networkAccess"),
      target: T.String(),
      host: T.String(),
      protocol: NetworkApprovalProtocol,
      port: Uint16,
    }),
    T.Object({
      type: T.Literal("mcpToolCall"),
      server: T.String(),
      toolName: T.String(),
      connectorId: Nullable(T.String()),
      connectorName: Nullable(T.String()),
      toolTitle: Nullable(T.String()),
    }),
    T.Object({
      type: T.Literal("requestPermissions"),
      reason: Nullable(T.String()),
      permissions: RequestPermissionProfile,
    }),
  ],
  { title: "GuardianApprovalReviewAction" },
);
export type GuardianApprovalReviewAction = Static<typeof GuardianApprovalReviewAction>;

export const GuardianWarningNotification = T.Object(
  { threadId: T.String(), message: T.String() },
  { title: "GuardianWarningNotification" },
);
export type GuardianWarningNotification = Static<typeof GuardianWarningNotification>;

export const ItemGuardianApprovalReviewCompletedNotification = T.Object(
  {
    threadId: T.String(),
    turnId: T.String(),
    startedAtMs: Int64,
    completedAtMs: Int64,
    reviewId: T.String(),
    targetItemId: Nullable(T.String()),
    decisionSource: AutoReviewDecisionSource,
    review: GuardianApprovalReview,
    action: GuardianApprovalReviewAction,
  },
  { title: "ItemGuardianApprovalReviewCompletedNotification" },
);
export type ItemGuardianApprovalReviewCompletedNotification = Static<
  typeof ItemGuardianApprovalReviewCompletedNotification
>;

export const ItemGuardianApprovalReviewStartedNotification = T.Object(
  {
    threadId: T.String(),
    turnId: T.String(),
    startedAtMs: Int64,
    reviewId: T.String(),
    targetItemId: Nullable(T.String()),
    review: GuardianApprovalReview,
    action: GuardianApprovalReviewAction,
  },
  { title: "ItemGuardianApprovalReviewStartedNotification" },
);
export type ItemGuardianApprovalReviewStartedNotification = Static<
  typeof ItemGuardianApprovalReviewStartedNotification
>;

export const StrictReviewRequiredNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), startedAtMs: Int64 },
  { title: "StrictReviewRequiredNotification" },
);
export type StrictReviewRequiredNotification = Static<typeof StrictReviewRequiredNotification>;
