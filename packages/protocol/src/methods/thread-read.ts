import { Type as T, type Static } from "@sinclair/typebox";
import { Thread } from "../thread.ts";

export const Params = T.Object({ threadId: T.String(), includeTurns: T.Optional(T.Boolean()) });
export type Params = Static<typeof Params>;

export const Result = T.Object({ thread: Thread, readState: T.Null() });
export type Result = Static<typeof Result>;
