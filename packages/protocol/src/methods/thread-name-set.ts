import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({ threadId: T.String(), name: T.String() }, { title: "ThreadSetNameParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadSetNameResponse" });
export type Result = Static<typeof Result>;
