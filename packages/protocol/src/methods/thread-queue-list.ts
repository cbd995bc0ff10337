import { Type as T, type Static } from "@sinclair/typebox";
import { QueuedSubmission } from "../queued-submission.ts";
import { Nullable, OptionalNull, Uint32 } from "../schema.ts";

export const Params = T.Object(
  { threadId: T.String(), cursor: OptionalNull(T.String()), limit: OptionalNull(Uint32) },
  { title: "ThreadQueueListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { data: T.Array(QueuedSubmission), nextCursor: Nullable(T.String()) },
  { title: "ThreadQueueListResponse" },
);
export type Result = Static<typeof Result>;
