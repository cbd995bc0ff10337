import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";
import { Turn } from "../thread.ts";

export const Params = T.Object(
  { threadId: T.String(), queuedSubmissionId: OptionalNull(T.String()) },
  { title: "ThreadQueueStartParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ turn: Turn }, { title: "ThreadQueueStartResponse" });
export type Result = Static<typeof Result>;
