import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OptionalNull, Uint32 } from "../schema.ts";
import { Turn, TurnItemsView } from "../thread.ts";
import { SortDirection } from "../values.ts";

export const Params = T.Object(
  {
    threadId: T.String(),
    cursor: OptionalNull(T.String()),
    limit: OptionalNull(Uint32),
    sortDirection: OptionalNull(SortDirection),
    itemsView: OptionalNull(TurnItemsView),
  },
  { title: "ThreadTurnsListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { data: T.Array(Turn), nextCursor: Nullable(T.String()), backwardsCursor: Nullable(T.String()) },
  { title: "ThreadTurnsListResponse" },
);
export type Result = Static<typeof Result>;
