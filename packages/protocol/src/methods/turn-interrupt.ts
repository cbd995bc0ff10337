import { Type as T, type Static } from "@sinclair/typebox";

/** Answered when the turn has ended. */
export const Params = T.Object({ threadId: T.String(), turnId: T.String() });
export type Params = Static<typeof Params>;

export const Result = T.Object({});
export type Result = Static<typeof Result>;
