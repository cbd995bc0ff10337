import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, Words } from "../schema.ts";

export const Params = T.Object({}, { title: "UserVerificationStatusParams", additionalProperties: false });
export type Params = Static<typeof Params>;

export const UserVerificationUnavailableReason = Words(
  ["credentialMissing", "biometricsUnavailable", "providerUnavailable"],
  { title: "UserVerificationUnavailableReason" },
);
export type UserVerificationUnavailableReason = Static<typeof UserVerificationUnavailableReason>;

export const Result = T.Object(
  {
    credentialId: Nullable(T.String()),
    unavailableReason: Nullable(UserVerificationUnavailableReason),
    unavailableMessage: Nullable(T.String()),
  },
  { title: "UserVerificationStatusResponse" },
);
export type Result = Static<typeof Result>;
