import type { JsonObject } from "@codex/protocol/json";
import type { ThreadItem } from "@codex/protocol/items";
import type { ResponseItem, TokenUsage } from "@codex/protocol/responses";
import type { ApprovalsReviewer, AskForApproval, SandboxPolicy, TurnError } from "@codex/protocol/thread";
import type { RolloutLine, SessionMeta } from "./rollout-line.ts";

/** What the engine stores of a thread, in its own words; codec.ts puts it into lines and back. Times: Unix seconds. */
export type RolloutRecord =
  | { type: "sessionMeta"; meta: SessionMeta }
  | TurnStarted
  | TurnEnded
  | TurnAborted
  /** An item of the model's history. */
  | { type: "responseItem"; item: ResponseItem }
  /** An item as faces see it, when it is done. `item` carries no times of its own here. */
  | { type: "itemCompleted"; turnId: string; item: ThreadItem; startedAtMs: number; completedAtMs: number }
  /** What the model has been told of the world: the whole, or a merge patch to the record before. */
  | { type: "worldState"; full: boolean; state: JsonObject }
  | { type: "turnContext"; context: TurnContext }
  | { type: "threadSettings"; settings: JsonObject }
  | TokenUsageRecord
  | TokenCount
  /** The history before is replaced; without `replacementHistory` by the user's messages and `message`. */
  | { type: "compacted"; message: string; replacementHistory?: ResponseItem[] }
  /** A line we have no word for, as it is. */
  | { type: "raw"; line: RolloutLine };

export type TurnStarted = {
  type: "turnStarted";
  turnId: string;
  startedAt: number;
  contextWindow: number | null;
  /** Which face began it: "exec", "app-server", … */
  trigger: string;
};

/** A turn that ended by itself: well, or with `error`. */
export type TurnEnded = {
  type: "turnEnded";
  turnId: string;
  lastAgentMessage: string | null;
  error: TurnError | null;
  startedAt: number | null;
  completedAt: number | null;
  durationMs: number | null;
  timeToFirstTokenMs: number | null;
};

export type TurnAborted = {
  type: "turnAborted";
  /** Null where the original marks a fork of a thread whose turn was still running. */
  turnId: string | null;
  reason: string;
  startedAt: number | null;
  completedAt: number | null;
  durationMs: number | null;
};

/** The settings a turn runs with; the next resume starts from the last one. */
export type TurnContext = {
  turnId: string;
  cwd: string;
  model: string;
  effort: string | null;
  summary: string;
  approvalPolicy: AskForApproval;
  approvalsReviewer: ApprovalsReviewer;
  sandboxPolicy: SandboxPolicy;
  /** Absolute; the first is `cwd`. Written as part of the permissions, and not read back from there. */
  workspaceRoots: string[];
};

/** What one response used, and the sums so far. */
export type TokenUsageRecord = {
  type: "tokenUsage";
  turnId: string;
  responseId: string | null;
  usage: TokenUsage;
  turnUsage: TokenUsage;
  threadUsage: TokenUsage;
};

/** The same sums as faces show them. `rateLimits` as the original stores them, snake_case. */
export type TokenCount = {
  type: "tokenCount";
  total: TokenUsage;
  last: TokenUsage;
  contextWindow: number | null;
  rateLimits: JsonObject | null;
};
