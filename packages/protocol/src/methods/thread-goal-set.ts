import { Type as T, type Static } from "@sinclair/typebox";
import { Int64, OptionalNull } from "../schema.ts";
import { ThreadGoal, ThreadGoalMutationOrigin, ThreadGoalStatus } from "../thread-goal.ts";

export const Params = T.Object(
  {
    threadId: T.String(),
    origin: OptionalNull(ThreadGoalMutationOrigin),
    objective: OptionalNull(T.String()),
    status: OptionalNull(ThreadGoalStatus),
    tokenBudget: OptionalNull(Int64),
  },
  { title: "ThreadGoalSetParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ goal: ThreadGoal }, { title: "ThreadGoalSetResponse" });
export type Result = Static<typeof Result>;
