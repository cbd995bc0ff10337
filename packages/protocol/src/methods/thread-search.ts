import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OptionalNull, Uint32, Words } from "../schema.ts";
import { Thread } from "../thread.ts";
import { ThreadSourceKind } from "../thread-source-kind.ts";
import { SortDirection } from "../values.ts";

export const ThreadSearchSortKey = Words(["created_at", "updated_at", "recency_at"], { title: "ThreadSearchSortKey" });
export type ThreadSearchSortKey = Static<typeof ThreadSearchSortKey>;

export const Params = T.Object(
  {
    includeAttachedThreads: T.Optional(T.Boolean()),
    currentAccountOnly: T.Optional(T.Boolean()),
    cursor: OptionalNull(T.String()),
    limit: OptionalNull(Uint32),
    sortKey: OptionalNull(ThreadSearchSortKey),
    sortDirection: OptionalNull(SortDirection),
    sourceKinds: OptionalNull(T.Array(ThreadSourceKind)),
    archived: OptionalNull(T.Boolean()),
    searchTerm: T.String(),
  },
  { title: "ThreadSearchParams" },
);
export type Params = Static<typeof Params>;

export const ThreadSearchResult = T.Object({ thread: Thread, snippet: T.String() }, { title: "ThreadSearchResult" });
export type ThreadSearchResult = Static<typeof ThreadSearchResult>;

export const Result = T.Object(
  { data: T.Array(ThreadSearchResult), nextCursor: Nullable(T.String()), backwardsCursor: Nullable(T.String()) },
  { title: "ThreadSearchResponse" },
);
export type Result = Static<typeof Result>;
