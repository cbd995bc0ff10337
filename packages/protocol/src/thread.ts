import { Type as T, type Static } from "@sinclair/typebox";
import { ThreadItem } from "./items.ts";

/** Threads, turns and their settings as faces see them. Shapes: the JSON Schema that the original 0.169.0 prints. */

export const SandboxMode = T.Union([
  T.Literal("read-only"),
  T.Literal("workspace-write"),
  T.Literal("danger-full-access"),
]);
export type SandboxMode = Static<typeof SandboxMode>;

export const SandboxPolicy = T.Union([
  T.Object({ type: T.Literal("dangerFullAccess") }),
  T.Object({ type: T.Literal("readOnly"), networkAccess: T.Boolean() }),
  T.Object({
    type: T.Literal("externalSandbox"),
    networkAccess: T.Union([T.Literal("restricted"), T.Literal("enabled")]),
  }),
  T.Object({
    type: T.Literal("workspaceWrite"),
    /** Absolute, besides the workspace roots. */
    writableRoots: T.Array(T.String()),
    networkAccess: T.Boolean(),
    excludeTmpdirEnvVar: T.Boolean(),
    excludeSlashTmp: T.Boolean(),
  }),
]);
export type SandboxPolicy = Static<typeof SandboxPolicy>;

export const AskForApproval = T.Union([
  T.Literal("untrusted"),
  T.Literal("on-request"),
  T.Literal("never"),
  T.Object({
    granular: T.Object({
      sandbox_approval: T.Boolean(),
      rules: T.Boolean(),
      skill_approval: T.Boolean(),
      request_permissions: T.Boolean(),
      mcp_elicitations: T.Boolean(),
    }),
  }),
]);
export type AskForApproval = Static<typeof AskForApproval>;

export const ApprovalsReviewer = T.Union([T.Literal("user"), T.Literal("auto_review"), T.Literal("guardian_subagent")]);
export type ApprovalsReviewer = Static<typeof ApprovalsReviewer>;

export const GitInfo = T.Object({
  sha: T.Union([T.String(), T.Null()]),
  branch: T.Union([T.String(), T.Null()]),
  originUrl: T.Union([T.String(), T.Null()]),
});
export type GitInfo = Static<typeof GitInfo>;

export const CodexErrorInfo = T.Union([
  T.Literal("contextWindowExceeded"),
  T.Literal("usageLimitExceeded"),
  T.Literal("rateLimitExceeded"),
  T.Literal("serverOverloaded"),
  T.Literal("modelNotFound"),
  T.Literal("cyberPolicy"),
  T.Literal("internalServerError"),
  T.Literal("unauthorized"),
  T.Literal("badRequest"),
  T.Literal("sandboxError"),
  T.Literal("other"),
  T.Object({ httpConnectionFailed: T.Object({ httpStatusCode: T.Union([T.Integer(), T.Null()]) }) }),
  T.Object({ responseStreamConnectionFailed: T.Object({ httpStatusCode: T.Union([T.Integer(), T.Null()]) }) }),
  T.Object({ responseStreamDisconnected: T.Object({ httpStatusCode: T.Union([T.Integer(), T.Null()]) }) }),
  T.Object({ responseTooManyFailedAttempts: T.Object({ httpStatusCode: T.Union([T.Integer(), T.Null()]) }) }),
]);
export type CodexErrorInfo = Static<typeof CodexErrorInfo>;

export const TurnError = T.Object({
  message: T.String(),
  codexErrorInfo: T.Union([CodexErrorInfo, T.Null()]),
  additionalDetails: T.Union([T.String(), T.Null()]),
  misalignment: T.Null(),
});
export type TurnError = Static<typeof TurnError>;

export const TurnStatus = T.Union([
  T.Literal("inProgress"),
  T.Literal("completed"),
  T.Literal("interrupted"),
  T.Literal("failed"),
]);
export type TurnStatus = Static<typeof TurnStatus>;

const UnixSeconds = T.Union([T.Integer(), T.Null()]);

export const Turn = T.Object({
  id: T.String(),
  rootTurnId: T.Union([T.String(), T.Null()]),
  items: T.Array(ThreadItem),
  itemsView: T.Union([T.Literal("notLoaded"), T.Literal("summary"), T.Literal("full")]),
  status: TurnStatus,
  error: T.Union([TurnError, T.Null()]),
  startedAt: UnixSeconds,
  completedAt: UnixSeconds,
  durationMs: T.Union([T.Integer(), T.Null()]),
});
export type Turn = Static<typeof Turn>;

export const ThreadStatus = T.Union([
  T.Object({ type: T.Literal("notLoaded") }),
  T.Object({ type: T.Literal("idle") }),
  T.Object({ type: T.Literal("systemError") }),
  T.Object({
    type: T.Literal("active"),
    activeFlags: T.Array(T.Union([T.Literal("waitingOnApproval"), T.Literal("waitingOnUserInput")])),
  }),
]);
export type ThreadStatus = Static<typeof ThreadStatus>;

const NullableString = T.Union([T.String(), T.Null()]);

export const Thread = T.Object({
  id: T.String(),
  sessionId: T.String(),
  forkedFromId: NullableString,
  attachedToThreadId: T.Null(),
  parentThreadId: T.Null(),
  /** The first user message, empty before one. */
  preview: T.String(),
  ephemeral: T.Boolean(),
  section: T.Null(),
  sectionEnteredAt: T.Null(),
  projectId: T.Null(),
  historyMode: T.Union([T.Literal("legacy"), T.Literal("paginated")]),
  modelProvider: T.String(),
  model: NullableString,
  reasoningEffort: NullableString,
  createdAt: T.Integer(),
  updatedAt: T.Integer(),
  recencyAt: UnixSeconds,
  status: ThreadStatus,
  /** The rollout file; null for an ephemeral thread. */
  path: NullableString,
  cwd: T.String(),
  cliVersion: T.String(),
  originator: NullableString,
  source: T.Union([T.String(), T.Object({ custom: T.String() })]),
  canAcceptDirectInput: T.Union([T.Boolean(), T.Null()]),
  threadSource: NullableString,
  agentNickname: T.Null(),
  agentRole: T.Null(),
  gitInfo: T.Union([GitInfo, T.Null()]),
  name: NullableString,
  daybreakEnabled: T.Null(),
  environments: T.Union([
    T.Null(),
    T.Array(T.Object({ environmentId: T.String(), cwd: T.String(), runtimeWorkspaceRoots: T.Array(T.String()) })),
  ]),
  extra: T.Null(),
  turns: T.Array(Turn),
});
export type Thread = Static<typeof Thread>;

export const TokenUsageBreakdown = T.Object({
  totalTokens: T.Integer(),
  inputTokens: T.Integer(),
  cachedInputTokens: T.Integer(),
  cacheWriteInputTokens: T.Integer(),
  outputTokens: T.Integer(),
  reasoningOutputTokens: T.Integer(),
});
export type TokenUsageBreakdown = Static<typeof TokenUsageBreakdown>;

export const RateLimitWindow = T.Object({
  usedPercent: T.Number(),
  windowDurationMins: T.Union([T.Integer(), T.Null()]),
  resetsAt: UnixSeconds,
});
export const RateLimitSnapshot = T.Object({
  limitId: NullableString,
  limitName: NullableString,
  normalModelSlug: NullableString,
  primary: T.Union([RateLimitWindow, T.Null()]),
  secondary: T.Union([RateLimitWindow, T.Null()]),
  credits: T.Union([T.Null(), T.Object({ hasCredits: T.Boolean(), unlimited: T.Boolean(), balance: NullableString })]),
  individualLimit: T.Null(),
  spendControlReached: T.Union([T.Boolean(), T.Null()]),
  planType: NullableString,
  rateLimitReachedType: NullableString,
});
export type RateLimitSnapshot = Static<typeof RateLimitSnapshot>;
