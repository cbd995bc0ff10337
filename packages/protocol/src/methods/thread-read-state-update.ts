import { Type as T, type Static } from "@sinclair/typebox";
import { ThreadReadState } from "../thread-read-state.ts";

export const ThreadReadStateOperation = T.Union(
  [T.Object({ type: T.Literal("read") }), T.Object({ type: T.Literal("unread") })],
  { title: "ThreadReadStateOperation" },
);
export type ThreadReadStateOperation = Static<typeof ThreadReadStateOperation>;

export const Params = T.Object(
  { threadId: T.String(), operation: ThreadReadStateOperation, expectedRevision: T.String() },
  { title: "ThreadReadStateUpdateParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ readState: ThreadReadState }, { title: "ThreadReadStateUpdateResponse" });
export type Result = Static<typeof Result>;
