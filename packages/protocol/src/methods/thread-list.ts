import { Type as T, type Static } from "@sinclair/typebox";
import { Experimental, Nullable, OptionalNull, OptionalOrNull, Uint32, Words } from "../schema.ts";
import { Thread } from "../thread.ts";
import { ThreadReadState } from "../thread-read-state.ts";
import { ThreadSourceKind } from "../thread-source-kind.ts";
import { SortDirection } from "../values.ts";

export const ThreadSortKey = Words(["created_at", "updated_at", "recency_at", "section_position"], {
  title: "ThreadSortKey",
});
export type ThreadSortKey = Static<typeof ThreadSortKey>;

export const Params = T.Object(
  {
    includeAttachedThreads: Experimental(T.Optional(T.Boolean())),
    currentAccountOnly: T.Optional(T.Boolean()),
    cursor: OptionalNull(T.String()),
    limit: OptionalNull(Uint32),
    excludedThreadIds: OptionalNull(T.Array(T.String())),
    sortKey: OptionalNull(ThreadSortKey),
    sortDirection: OptionalNull(SortDirection),
    modelProviders: OptionalNull(T.Array(T.String())),
    sourceKinds: OptionalNull(T.Array(ThreadSourceKind)),
    originators: OptionalNull(T.Array(T.String())),
    archived: OptionalNull(T.Boolean()),
    sectionId: OptionalNull(T.String()),
    /** Null: threads of no project. */
    projectId: Experimental(OptionalOrNull(T.String())),
    cwd: OptionalNull(T.Union([T.String(), T.Array(T.String())], { title: "ThreadListCwdFilter", namedIn: "schemas" })),
    useStateDbOnly: T.Optional(T.Boolean()),
    searchTerm: OptionalNull(T.String()),
    parentThreadId: Experimental(OptionalNull(T.String())),
    ancestorThreadId: Experimental(OptionalNull(T.String())),
    attachedToThreadId: Experimental(OptionalNull(T.String())),
  },
  { title: "ThreadListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  {
    data: T.Array(Thread),
    readStates: Experimental(Nullable(T.Record(T.String(), ThreadReadState))),
    nextCursor: Nullable(T.String()),
    backwardsCursor: Nullable(T.String()),
  },
  { title: "ThreadListResponse" },
);
export type Result = Static<typeof Result>;
