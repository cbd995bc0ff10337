import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OpenWords, Words } from "../schema.ts";

export const AuthRecoveryNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), provider: T.String(), message: T.String() },
  { title: "AuthRecoveryNotification" },
);
export type AuthRecoveryNotification = Static<typeof AuthRecoveryNotification>;

export const ModelRerouteReason = OpenWords(["highRiskCyberActivity"], { title: "ModelRerouteReason" });
export type ModelRerouteReason = Static<typeof ModelRerouteReason>;

export const ModelReroutedNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), fromModel: T.String(), toModel: T.String(), reason: ModelRerouteReason },
  { title: "ModelReroutedNotification" },
);
export type ModelReroutedNotification = Static<typeof ModelReroutedNotification>;

export const ModelSafetyBufferingUpdatedNotification = T.Object(
  {
    threadId: T.String(),
    turnId: T.String(),
    model: T.String(),
    useCases: T.Array(T.String()),
    reasons: T.Array(T.String()),
    showBufferingUi: T.Boolean(),
    fasterModel: Nullable(T.String()),
  },
  { title: "ModelSafetyBufferingUpdatedNotification" },
);
export type ModelSafetyBufferingUpdatedNotification = Static<typeof ModelSafetyBufferingUpdatedNotification>;

export const ModelVerification = Words(["trustedAccessForCyber"], { title: "ModelVerification" });
export type ModelVerification = Static<typeof ModelVerification>;

export const ModelVerificationNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), verifications: T.Array(ModelVerification) },
  { title: "ModelVerificationNotification" },
);
export type ModelVerificationNotification = Static<typeof ModelVerificationNotification>;
