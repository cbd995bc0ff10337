import { Type as T, type Static } from "@sinclair/typebox";
import { FileUpdateChange } from "../items.ts";
import { Int64, OptionalNull, Words } from "../schema.ts";

export const FileChangeApprovalDecision = Words(["accept", "acceptForSession", "decline", "cancel"], {
  title: "FileChangeApprovalDecision",
});
export type FileChangeApprovalDecision = Static<typeof FileChangeApprovalDecision>;

export const Params = T.Object(
  {
    threadId: T.String(),
    turnId: T.String(),
    itemId: T.String(),
    startedAtMs: Int64,
    reason: OptionalNull(T.String()),
    grantRoot: OptionalNull(T.String()),
    /** Ours: what would change, as in the item. */
    changes: T.Optional(T.Array(FileUpdateChange)),
  },
  { title: "FileChangeRequestApprovalParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { decision: FileChangeApprovalDecision },
  { title: "FileChangeRequestApprovalResponse" },
);
export type Result = Static<typeof Result>;
