import { Type as T, type Static } from "@sinclair/typebox";
import { ThreadItem } from "../items.ts";
import { ThreadRealtimeItem } from "../realtime.ts";
import { Nullable, OptionalNull, Uint32, Uint64 } from "../schema.ts";
import { TurnError, TurnStatus } from "../thread.ts";

export const ThreadTimelineEntry = T.Union(
  [
    T.Object({ type: T.Literal("item"), position: Uint64, turnId: T.String(), item: ThreadItem }),
    T.Object({ type: T.Literal("realtime"), position: Uint64, item: ThreadRealtimeItem }),
    T.Object({ type: T.Literal("turnStarted"), position: Uint64, turnId: T.String(), startedAt: Nullable(T.Number()) }),
    T.Object({
      type: T.Literal("turnCompleted"),
      position: Uint64,
      turnId: T.String(),
      status: TurnStatus,
      error: Nullable(TurnError),
      startedAt: Nullable(T.Number()),
      completedAt: Nullable(T.Number()),
      durationMs: Nullable(T.Number()),
    }),
  ],
  { title: "ThreadTimelineEntry" },
);
export type ThreadTimelineEntry = Static<typeof ThreadTimelineEntry>;

export const Params = T.Object(
  { threadId: T.String(), cursor: OptionalNull(T.String()), limit: OptionalNull(Uint32) },
  { title: "ThreadTimelineListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  {
    data: T.Array(ThreadTimelineEntry),
    nextCursor: Nullable(T.String()),
    activeRealtimeSessionAtPageStart: Nullable(T.String()),
  },
  { title: "ThreadTimelineListResponse" },
);
export type Result = Static<typeof Result>;
