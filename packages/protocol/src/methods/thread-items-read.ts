import { Type as T, type Static } from "@sinclair/typebox";
import { ThreadItemEntry } from "../thread-item-entry.ts";

export const Params = T.Object(
  { threadId: T.String(), turnId: T.String(), itemIds: T.Array(T.String()) },
  { title: "ThreadItemsReadParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ data: T.Array(ThreadItemEntry) }, { title: "ThreadItemsReadResponse" });
export type Result = Static<typeof Result>;
