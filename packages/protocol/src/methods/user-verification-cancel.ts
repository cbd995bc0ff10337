import { Type as T, type Static } from "@sinclair/typebox";
import { RequestId } from "../values.ts";

export const Params = T.Object(
  { requestId: RequestId },
  { title: "UserVerificationCancelParams", additionalProperties: false },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "UserVerificationCancelResponse" });
export type Result = Static<typeof Result>;
