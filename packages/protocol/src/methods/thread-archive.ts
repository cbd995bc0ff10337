import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({ threadId: T.String() }, { title: "ThreadArchiveParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadArchiveResponse" });
export type Result = Static<typeof Result>;
