import { Type as T, type Static } from "@sinclair/typebox";
import { Int64, Nullable, Words } from "./schema.ts";

export const ThreadGoalStatus = Words(["active", "paused", "blocked", "usageLimited", "budgetLimited", "complete"], {
  title: "ThreadGoalStatus",
});
export type ThreadGoalStatus = Static<typeof ThreadGoalStatus>;

export const ThreadGoal = T.Object(
  {
    threadId: T.String(),
    objective: T.String(),
    status: ThreadGoalStatus,
    tokenBudget: Nullable(Int64),
    tokensUsed: Int64,
    timeUsedSeconds: Int64,
    createdAt: Int64,
    updatedAt: Int64,
  },
  { title: "ThreadGoal" },
);
export type ThreadGoal = Static<typeof ThreadGoal>;

export const ThreadGoalMutationOrigin = Words(["user", "automatic"], { title: "ThreadGoalMutationOrigin" });
export type ThreadGoalMutationOrigin = Static<typeof ThreadGoalMutationOrigin>;
