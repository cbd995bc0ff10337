import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OptionalNull, Words } from "../schema.ts";
import { Turn } from "../thread.ts";

export const ReviewDelivery = Words(["inline"], { title: "ReviewDelivery" });
export type ReviewDelivery = Static<typeof ReviewDelivery>;

export const ReviewTarget = T.Union(
  [
    T.Object({ type: T.Literal("uncommittedChanges") }),
    T.Object({ type: T.Literal("baseBranch"), branch: T.String() }),
    T.Object({ type: T.Literal("commit"), sha: T.String(), title: Nullable(T.String()) }),
    T.Object({ type: T.Literal("custom"), instructions: T.String() }),
  ],
  { title: "ReviewTarget" },
);
export type ReviewTarget = Static<typeof ReviewTarget>;

export const Params = T.Object(
  { threadId: T.String(), target: ReviewTarget, delivery: OptionalNull(ReviewDelivery) },
  { title: "ReviewStartParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ turn: Turn, reviewThreadId: T.String() }, { title: "ReviewStartResponse" });
export type Result = Static<typeof Result>;
