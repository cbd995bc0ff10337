import { Type as T, type Static } from "@sinclair/typebox";
import { ThreadItem } from "./items.ts";
import { Experimental, Int64, Nullable } from "./schema.ts";

export const ThreadItemEntry = T.Object(
  {
    turnId: T.String(),
    item: ThreadItem,
    outputDeferred: Experimental(T.Optional(T.Boolean())),
    startedAtMs: Nullable(Int64),
    completedAtMs: Nullable(Int64),
  },
  { title: "ThreadItemEntry" },
);
export type ThreadItemEntry = Static<typeof ThreadItemEntry>;
