import { Type as T, type Static } from "@sinclair/typebox";
import { ReviewDecision } from "../legacy-approvals.ts";
import { Nullable } from "../schema.ts";
import { ThreadId } from "../values.ts";

export const FileChange = T.Union(
  [
    T.Object({ type: T.Literal("add"), content: T.String() }),
    T.Object({ type: T.Literal("delete"), content: T.String() }),
    T.Object({ type: T.Literal("update"), unified_diff: T.String(), move_path: Nullable(T.String()) }),
  ],
  { title: "FileChange" },
);
export type FileChange = Static<typeof FileChange>;

export const Params = T.Object(
  {
    conversationId: ThreadId,
    callId: T.String(),
    fileChanges: T.Record(T.String(), FileChange),
    reason: Nullable(T.String()),
    grantRoot: Nullable(T.String()),
  },
  { title: "ApplyPatchApprovalParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ decision: ReviewDecision }, { title: "ApplyPatchApprovalResponse" });
export type Result = Static<typeof Result>;
