import { Type as T, type Static } from "@sinclair/typebox";

export const UserVerificationProof = T.Object(
  { credentialId: T.String(), signature: T.String() },
  { title: "UserVerificationProof", additionalProperties: false },
);
export type UserVerificationProof = Static<typeof UserVerificationProof>;

export const Params = T.Object(
  { challenge: T.String(), title: T.String(), description: T.String() },
  { title: "UserVerificationVerifyParams", additionalProperties: false },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ proof: UserVerificationProof }, { title: "UserVerificationVerifyResponse" });
export type Result = Static<typeof Result>;
