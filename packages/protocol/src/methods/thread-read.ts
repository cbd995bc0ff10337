import { Type as T, type Static } from "@sinclair/typebox";
import { Experimental, Nullable } from "../schema.ts";
import { Thread } from "../thread.ts";
import { ThreadReadState } from "../thread-read-state.ts";

export const Params = T.Object(
  { threadId: T.String(), includeTurns: T.Optional(T.Boolean()) },
  { title: "ThreadReadParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { thread: Thread, readState: Experimental(Nullable(ThreadReadState)) },
  { title: "ThreadReadResponse" },
);
export type Result = Static<typeof Result>;
