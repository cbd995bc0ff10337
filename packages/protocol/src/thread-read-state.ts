import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable } from "./schema.ts";

export const ThreadUnreadPosition = T.Union(
  [T.Object({ type: T.Literal("threadStart") }), T.Object({ type: T.Literal("turn"), turnId: T.String() })],
  { title: "ThreadUnreadPosition" },
);
export type ThreadUnreadPosition = Static<typeof ThreadUnreadPosition>;

export const ThreadReadState = T.Object(
  { firstUnread: Nullable(ThreadUnreadPosition), revision: T.String() },
  { title: "ThreadReadState" },
);
export type ThreadReadState = Static<typeof ThreadReadState>;
