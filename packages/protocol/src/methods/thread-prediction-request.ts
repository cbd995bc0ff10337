import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object(
  { threadId: T.String(), sourceTurnId: T.String() },
  { title: "ThreadPredictionRequestParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadPredictionRequestResponse" });
export type Result = Static<typeof Result>;
