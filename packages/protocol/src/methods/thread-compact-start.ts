import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({ threadId: T.String() }, { title: "ThreadCompactStartParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadCompactStartResponse" });
export type Result = Static<typeof Result>;
