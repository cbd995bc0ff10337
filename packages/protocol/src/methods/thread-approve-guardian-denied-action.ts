import { Type as T, type Static } from "@sinclair/typebox";
import { JsonValue } from "../values.ts";

export const Params = T.Object(
  { threadId: T.String(), event: JsonValue },
  { title: "ThreadApproveGuardianDeniedActionParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadApproveGuardianDeniedActionResponse" });
export type Result = Static<typeof Result>;
