import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object(
  { threadId: T.String(), queuedSubmissionId: T.String() },
  { title: "ThreadQueueDeleteParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ deleted: T.Boolean() }, { title: "ThreadQueueDeleteResponse" });
export type Result = Static<typeof Result>;
