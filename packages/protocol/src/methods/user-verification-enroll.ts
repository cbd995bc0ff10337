import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable } from "../schema.ts";

export const Params = T.Object({}, { title: "UserVerificationEnrollParams", additionalProperties: false });
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { credentialId: T.String(), algorithm: Nullable(T.String()), publicKey: Nullable(T.String()) },
  { title: "UserVerificationEnrollResponse" },
);
export type Result = Static<typeof Result>;
