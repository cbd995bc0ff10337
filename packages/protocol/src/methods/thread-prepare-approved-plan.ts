import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";

export const Params = T.Object(
  { threadId: T.String(), markdown: T.String(), attachmentPath: OptionalNull(T.String()) },
  { title: "ThreadPrepareApprovedPlanParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ prompt: T.String() }, { title: "ThreadPrepareApprovedPlanResponse" });
export type Result = Static<typeof Result>;
