import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";
import { ThreadGoalMutationOrigin } from "../thread-goal.ts";

export const Params = T.Object(
  { threadId: T.String(), origin: OptionalNull(ThreadGoalMutationOrigin) },
  { title: "ThreadGoalClearParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ cleared: T.Boolean() }, { title: "ThreadGoalClearResponse" });
export type Result = Static<typeof Result>;
