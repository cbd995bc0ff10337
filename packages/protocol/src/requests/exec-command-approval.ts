import { Type as T, type Static } from "@sinclair/typebox";
import { ReviewDecision } from "../legacy-approvals.ts";
import { Nullable } from "../schema.ts";
import { ThreadId } from "../values.ts";

export const ParsedCommand = T.Union(
  [
    T.Object({ type: T.Literal("read"), cmd: T.String(), name: T.String(), path: T.String() }),
    T.Object({ type: T.Literal("list_files"), cmd: T.String(), path: Nullable(T.String()) }),
    T.Object({ type: T.Literal("search"), cmd: T.String(), query: Nullable(T.String()), path: Nullable(T.String()) }),
    T.Object({ type: T.Literal("unknown"), cmd: T.String() }),
  ],
  { title: "ParsedCommand" },
);
export type ParsedCommand = Static<typeof ParsedCommand>;

export const Params = T.Object(
  {
    conversationId: ThreadId,
    callId: T.String(),
    approvalId: Nullable(T.String()),
    command: T.Array(T.String()),
    cwd: T.String(),
    reason: Nullable(T.String()),
    parsedCmd: T.Array(ParsedCommand),
  },
  { title: "ExecCommandApprovalParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ decision: ReviewDecision }, { title: "ExecCommandApprovalResponse" });
export type Result = Static<typeof Result>;
