import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable } from "../schema.ts";
import { Thread } from "../thread.ts";

export const Params = T.Object({ threadId: T.String(), beforeTurnId: T.String() }, { title: "ThreadRevertParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { thread: Thread, turnsBackwardsCursor: Nullable(T.String()), itemsBackwardsCursor: Nullable(T.String()) },
  { title: "ThreadRevertResponse" },
);
export type Result = Static<typeof Result>;
