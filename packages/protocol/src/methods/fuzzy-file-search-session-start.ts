import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object(
  { sessionId: T.String(), roots: T.Array(T.String()) },
  { title: "FuzzyFileSearchSessionStartParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "FuzzyFileSearchSessionStartResponse" });
export type Result = Static<typeof Result>;
