import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({ sessionId: T.String() }, { title: "FuzzyFileSearchSessionStopParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "FuzzyFileSearchSessionStopResponse" });
export type Result = Static<typeof Result>;
