import { Type as T, type Static } from "@sinclair/typebox";
import { Experimental, Nullable, OptionalNull, Uint32 } from "../schema.ts";
import { ThreadItemEntry } from "../thread-item-entry.ts";
import { SortDirection } from "../values.ts";

export const ThreadItemOutputDeferral = T.Object(
  { commandExecution: Experimental(T.Optional(T.Boolean())), mcpToolCall: Experimental(T.Optional(T.Boolean())) },
  { title: "ThreadItemOutputDeferral" },
);
export type ThreadItemOutputDeferral = Static<typeof ThreadItemOutputDeferral>;

export const ThreadItemsListAnchor = T.Object(
  { type: T.Literal("item"), itemId: T.String() },
  { title: "ThreadItemsListAnchor" },
);
export type ThreadItemsListAnchor = Static<typeof ThreadItemsListAnchor>;

export const ThreadItemsListCursor = T.Union([T.String(), ThreadItemsListAnchor], { title: "ThreadItemsListCursor" });
export type ThreadItemsListCursor = Static<typeof ThreadItemsListCursor>;

export const Params = T.Object(
  {
    threadId: T.String(),
    turnId: OptionalNull(T.String()),
    cursor: OptionalNull(ThreadItemsListCursor),
    limit: OptionalNull(Uint32),
    sortDirection: OptionalNull(SortDirection),
    deferOutput: OptionalNull(ThreadItemOutputDeferral),
  },
  { title: "ThreadItemsListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { data: T.Array(ThreadItemEntry), nextCursor: Nullable(T.String()), backwardsCursor: Nullable(T.String()) },
  { title: "ThreadItemsListResponse" },
);
export type Result = Static<typeof Result>;
