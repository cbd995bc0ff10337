import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object(
  { threadId: T.String(), queuedSubmissionIds: T.Array(T.String()) },
  { title: "ThreadQueueReorderParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadQueueReorderResponse" });
export type Result = Static<typeof Result>;
