import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable } from "../schema.ts";
import { ThreadGoal } from "../thread-goal.ts";

export const Params = T.Object({ threadId: T.String() }, { title: "ThreadGoalGetParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({ goal: Nullable(ThreadGoal) }, { title: "ThreadGoalGetResponse" });
export type Result = Static<typeof Result>;
