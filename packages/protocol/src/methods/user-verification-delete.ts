import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({}, { title: "UserVerificationDeleteParams", additionalProperties: false });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "UserVerificationDeleteResponse" });
export type Result = Static<typeof Result>;
