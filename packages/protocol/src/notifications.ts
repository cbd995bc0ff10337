import type { NetworkProtocol } from "./approvals.ts";
import type { ThreadItem, FileUpdateChange } from "./items.ts";
import type { RateLimitSnapshot, Thread, ThreadStatus, TokenUsageBreakdown, Turn, TurnError } from "./thread.ts";

/** Every notification of the server, by method. Shapes: the JSON Schema that the original 0.169.0 prints. */
export type NotificationParams = {
  "thread/started": { thread: Thread };
  "thread/status/changed": { threadId: string; status: ThreadStatus };
  "thread/name/updated": { threadId: string; threadName?: string };
  "thread/closed": { threadId: string };
  "thread/tokenUsage/updated": {
    threadId: string;
    turnId: string;
    tokenUsage: { total: TokenUsageBreakdown; last: TokenUsageBreakdown; modelContextWindow: number | null };
  };
  "turn/started": { threadId: string; turn: Turn };
  "turn/completed": { threadId: string; turn: Turn };
  "turn/diff/updated": { threadId: string; turnId: string; diff: string };
  "turn/plan/updated": { threadId: string; turnId: string; explanation: string | null; plan: PlanStep[] };
  "item/started": { item: ThreadItem; threadId: string; turnId: string; startedAtMs: number };
  "item/completed": {
    item: ThreadItem;
    threadId: string;
    turnId: string;
    contentTokenCount: number | null;
    startedAtMs: number;
    completedAtMs: number;
  };
  "item/agentMessage/delta": ItemRef & { delta: string };
  "item/reasoning/summaryPartAdded": ItemRef & { summaryIndex: number };
  "item/reasoning/summaryTextDelta": ItemRef & { delta: string; summaryIndex: number };
  "item/reasoning/textDelta": ItemRef & { delta: string; contentIndex: number };
  "item/commandExecution/outputDelta": ItemRef & { delta: string };
  "item/commandExecution/terminalInteraction": ItemRef & { processId: string; stdin: string };
  "item/fileChange/patchUpdated": ItemRef & { changes: FileUpdateChange[] };
  "item/autoApprovalReview/started": ReviewRef & { startedAtMs: number; review: ApprovalReview };
  "item/autoApprovalReview/completed": ReviewRef & {
    startedAtMs: number;
    completedAtMs: number;
    decisionSource: "agent";
    review: ApprovalReview;
  };
  guardianWarning: { threadId: string; message: string };
  "account/rateLimits/updated": { rateLimits: RateLimitSnapshot };
  "model/rerouted": { threadId: string; turnId: string; fromModel: string; toModel: string; reason: string };
  "serverRequest/resolved": { threadId: string; requestId: string | number };
  configWarning: {
    summary: string;
    details: string | null;
    path?: string;
    range?: { start: { line: number; column: number }; end: { line: number; column: number } };
  };
  deprecationNotice: { summary: string; details: string | null };
  warning: { threadId: string | null; message: string };
  error: { error: TurnError; willRetry: boolean; threadId: string; turnId: string };
};

/** `targetItemId` is null for access to the network, which is not about an item. */
type ReviewRef = {
  threadId: string;
  turnId: string;
  reviewId: string;
  targetItemId: string | null;
  action: ReviewAction;
};

/** What the automatic reviewer makes of an approval. */
export type ApprovalReview = {
  status: "inProgress" | "approved" | "denied" | "timedOut" | "aborted";
  riskLevel: RiskLevel | null;
  userAuthorization: UserAuthorization | null;
  rationale: string | null;
};
export type RiskLevel = "low" | "medium" | "high" | "critical";
export type UserAuthorization = "unknown" | "low" | "medium" | "high";

/** What is reviewed; the original knows further kinds, of which we ask nothing yet. */
export type ReviewAction =
  | { type: "command"; source: "shell" | "unifiedExec"; command: string; cwd: string }
  | { type: "applyPatch"; cwd: string; files: string[] }
  | { type: "networkAccess"; target: string; host: string; protocol: NetworkProtocol; port: number };

type ItemRef = { threadId: string; turnId: string; itemId: string };

export type PlanStep = { step: string; status: "pending" | "inProgress" | "completed" };

export type NotificationMethod = keyof NotificationParams;

/** What a face receives, and what a thread's life consists of: one event family for both. */
export type ServerNotification = {
  [Method in NotificationMethod]: { method: Method; params: NotificationParams[Method] };
}[NotificationMethod];

export type ThreadEvent = ServerNotification;
