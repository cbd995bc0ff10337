import { Type as T, type Static } from "@sinclair/typebox";
import { UserVerificationUnavailableReason } from "./methods/user-verification-status.ts";
import { Int64, Words } from "./schema.ts";

export const UserVerificationCancellationReason = Words(["userCancelled", "interrupted"], {
  title: "UserVerificationCancellationReason",
});
export type UserVerificationCancellationReason = Static<typeof UserVerificationCancellationReason>;

export const UserVerificationInvalidRequestReason = Words(["invalidParams"], {
  title: "UserVerificationInvalidRequestReason",
});
export type UserVerificationInvalidRequestReason = Static<typeof UserVerificationInvalidRequestReason>;

export const UserVerificationFailureReason = Words(
  ["authenticationFailed", "timeout", "providerError", "serviceError"],
  { title: "UserVerificationFailureReason" },
);
export type UserVerificationFailureReason = Static<typeof UserVerificationFailureReason>;

export const UserVerificationErrorDetails = T.Union(
  [
    T.Object(
      { type: T.Literal("invalidRequest"), reason: UserVerificationInvalidRequestReason },
      { additionalProperties: false },
    ),
    T.Object(
      { type: T.Literal("unavailable"), reason: UserVerificationUnavailableReason },
      { additionalProperties: false },
    ),
    T.Object(
      { type: T.Literal("cancelled"), reason: UserVerificationCancellationReason },
      { additionalProperties: false },
    ),
    T.Object({ type: T.Literal("failed"), reason: UserVerificationFailureReason }, { additionalProperties: false }),
  ],
  { title: "UserVerificationErrorDetails" },
);
export type UserVerificationErrorDetails = Static<typeof UserVerificationErrorDetails>;

export const UserVerificationRpcError = T.Object(
  { code: Int64, message: T.String(), data: UserVerificationErrorDetails },
  { title: "UserVerificationRpcError", additionalProperties: false },
);
export type UserVerificationRpcError = Static<typeof UserVerificationRpcError>;
