import { Type as T, type Static } from "@sinclair/typebox";
import { ModeKind } from "../collaboration-mode.ts";
import { Nullable } from "../schema.ts";
import { ReasoningEffort } from "../values.ts";

export const Params = T.Object({}, { title: "CollaborationModeListParams" });
export type Params = Static<typeof Params>;

export const CollaborationModeMask = T.Object(
  {
    name: T.String(),
    mode: Nullable(ModeKind),
    model: Nullable(T.String()),
    reasoning_effort: Nullable(ReasoningEffort),
  },
  { title: "CollaborationModeMask" },
);
export type CollaborationModeMask = Static<typeof CollaborationModeMask>;

export const Result = T.Object({ data: T.Array(CollaborationModeMask) }, { title: "CollaborationModeListResponse" });
export type Result = Static<typeof Result>;
