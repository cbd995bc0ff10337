import { Type as T, type Static } from "@sinclair/typebox";
import { GuardianRiskLevel, GuardianUserAuthorization } from "../guardian.ts";
import { Nullable, Words } from "../schema.ts";

export const GuardianAssessmentOutcome = Words(["allow", "deny"], { title: "GuardianAssessmentOutcome" });
export type GuardianAssessmentOutcome = Static<typeof GuardianAssessmentOutcome>;

export const ThreadGuardianAssessment = T.Object(
  {
    outcome: GuardianAssessmentOutcome,
    riskLevel: GuardianRiskLevel,
    userAuthorization: GuardianUserAuthorization,
    rationale: T.String(),
  },
  { title: "ThreadGuardianAssessment" },
);
export type ThreadGuardianAssessment = Static<typeof ThreadGuardianAssessment>;

export const Params = T.Object({ threadId: T.String() }, { title: "ThreadGuardianReviewParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { callId: T.String(), assessment: Nullable(ThreadGuardianAssessment) },
  { title: "ThreadGuardianReviewResponse" },
);
export type Result = Static<typeof Result>;
