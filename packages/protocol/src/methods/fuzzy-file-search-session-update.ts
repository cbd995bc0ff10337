import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object(
  { sessionId: T.String(), query: T.String() },
  { title: "FuzzyFileSearchSessionUpdateParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "FuzzyFileSearchSessionUpdateResponse" });
export type Result = Static<typeof Result>;
