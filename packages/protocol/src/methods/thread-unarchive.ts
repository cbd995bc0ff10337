import { Type as T, type Static } from "@sinclair/typebox";
import { Thread } from "../thread.ts";

export const Params = T.Object({ threadId: T.String() }, { title: "ThreadUnarchiveParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({ thread: Thread }, { title: "ThreadUnarchiveResponse" });
export type Result = Static<typeof Result>;
