import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object(
  { enablement: T.Record(T.String(), T.Boolean()) },
  { title: "ExperimentalFeatureEnablementSetParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { enablement: T.Record(T.String(), T.Boolean()) },
  { title: "ExperimentalFeatureEnablementSetResponse" },
);
export type Result = Static<typeof Result>;
