import { Type as T, type Static } from "@sinclair/typebox";
import { ThreadItem } from "./items.ts";
import {
  Defaulted,
  Experimental,
  Int32,
  Int64,
  Nullable,
  OpenWords,
  OptionalNull,
  OrNull,
  Uint16,
  Words,
} from "./schema.ts";
import { AbsolutePathBuf, AgentPath, LegacyAppPathString, ReasoningEffort, ThreadId } from "./values.ts";

export const ApprovalsReviewer = Words(["user", "auto_review", "guardian_subagent"], { title: "ApprovalsReviewer" });
export type ApprovalsReviewer = Static<typeof ApprovalsReviewer>;

export const AskForApproval = T.Union(
  [
    Words(["untrusted", "on-request"]),
    T.Object(
      {
        granular: T.Object({
          sandbox_approval: T.Boolean(),
          rules: T.Boolean(),
          skill_approval: Defaulted(T.Boolean(), false),
          request_permissions: Defaulted(T.Boolean(), false),
          mcp_elicitations: T.Boolean(),
        }),
      },
      { additionalProperties: false, experimental: "askForApproval.granular" },
    ),
    T.Literal("never"),
  ],
  { title: "AskForApproval" },
);
export type AskForApproval = Static<typeof AskForApproval>;

export const NonSteerableTurnKind = Words(["review", "compact"], { title: "NonSteerableTurnKind" });
export type NonSteerableTurnKind = Static<typeof NonSteerableTurnKind>;

export const CodexErrorInfo = T.Union(
  [
    Words([
      "contextWindowExceeded",
      "sessionBudgetExceeded",
      "usageLimitExceeded",
      "rateLimitExceeded",
      "flexUnavailable",
      "serverOverloaded",
      "modelNotFound",
      "policyCapacityUnavailable",
      "inferenceHookDenied",
      "cyberPolicy",
      "misalignmentPolicyViolation",
      "tooManyDenials",
      "internalServerError",
      "unauthorized",
      "badRequest",
      "threadRollbackFailed",
      "sandboxError",
      "other",
    ]),
    T.Object({ httpConnectionFailed: T.Object({ httpStatusCode: Nullable(Uint16) }) }, { additionalProperties: false }),
    T.Object(
      { responseStreamConnectionFailed: T.Object({ httpStatusCode: Nullable(Uint16) }) },
      { additionalProperties: false },
    ),
    T.Object(
      { responseStreamDisconnected: T.Object({ httpStatusCode: Nullable(Uint16) }) },
      { additionalProperties: false },
    ),
    T.Object(
      { responseTooManyFailedAttempts: T.Object({ httpStatusCode: Nullable(Uint16) }) },
      { additionalProperties: false },
    ),
    T.Object({ activeTurnNotSteerable: T.Object({ turnKind: NonSteerableTurnKind }) }, { additionalProperties: false }),
    T.String(),
    T.Record(T.String(), T.Unknown()),
  ],
  { title: "CodexErrorInfo" },
);
export type CodexErrorInfo = Static<typeof CodexErrorInfo>;

export const GitInfo = T.Object(
  { sha: Nullable(T.String()), branch: Nullable(T.String()), originUrl: Nullable(T.String()) },
  { title: "GitInfo" },
);
export type GitInfo = Static<typeof GitInfo>;

export const MisalignmentSteer = T.Object({ message: T.String() }, { title: "MisalignmentSteer" });
export type MisalignmentSteer = Static<typeof MisalignmentSteer>;

export const MisalignmentErrorDetails = T.Object(
  {
    errorType: Nullable(T.String()),
    detailedExplanation: Nullable(T.String()),
    steer: Nullable(MisalignmentSteer),
    reviewTarget: OptionalNull(T.String()),
  },
  { title: "MisalignmentErrorDetails" },
);
export type MisalignmentErrorDetails = Static<typeof MisalignmentErrorDetails>;

export const NetworkAccess = Words(["restricted", "enabled"], { title: "NetworkAccess" });
export type NetworkAccess = Static<typeof NetworkAccess>;

export const SandboxMode = Words(["read-only", "workspace-write", "danger-full-access"], { title: "SandboxMode" });
export type SandboxMode = Static<typeof SandboxMode>;

export const SandboxPolicy = T.Union(
  [
    T.Object({ type: T.Literal("dangerFullAccess") }),
    T.Object({ type: T.Literal("readOnly"), networkAccess: Defaulted(T.Boolean(), false) }),
    T.Object({ type: T.Literal("externalSandbox"), networkAccess: Defaulted(NetworkAccess, "restricted") }),
    T.Object({
      type: T.Literal("workspaceWrite"),
      writableRoots: Defaulted(T.Array(AbsolutePathBuf), []),
      networkAccess: Defaulted(T.Boolean(), false),
      excludeTmpdirEnvVar: Defaulted(T.Boolean(), false),
      excludeSlashTmp: Defaulted(T.Boolean(), false),
    }),
  ],
  { title: "SandboxPolicy" },
);
export type SandboxPolicy = Static<typeof SandboxPolicy>;

export const SubAgentSource = T.Union(
  [
    Words(["review", "compact", "memory_consolidation"]),
    T.Object(
      {
        thread_spawn: T.Object({
          parent_thread_id: ThreadId,
          depth: Int32,
          agent_path: Nullable(AgentPath),
          agent_nickname: Nullable(T.String()),
          agent_role: Nullable(T.String()),
        }),
      },
      { additionalProperties: false },
    ),
    T.Object({ other: T.String() }, { additionalProperties: false }),
  ],
  { title: "SubAgentSource" },
);
export type SubAgentSource = Static<typeof SubAgentSource>;

export const SessionSource = T.Union(
  [
    OpenWords(["cli", "vscode", "exec", "appServer", "unknown"]),
    T.Object({ custom: T.String() }, { additionalProperties: false }),
    T.Object({ subAgent: SubAgentSource }, { additionalProperties: false }),
  ],
  { title: "SessionSource" },
);
export type SessionSource = Static<typeof SessionSource>;

export const ThreadEnvironment = T.Object(
  { environmentId: T.String(), cwd: LegacyAppPathString, runtimeWorkspaceRoots: T.Array(LegacyAppPathString) },
  { title: "ThreadEnvironment" },
);
export type ThreadEnvironment = Static<typeof ThreadEnvironment>;

export const ThreadExtra = T.Object({}, { title: "ThreadExtra" });
export type ThreadExtra = Static<typeof ThreadExtra>;

export const ThreadSectionAppearance = T.Object(
  { icon: Nullable(T.String()), color: Nullable(T.String()) },
  { title: "ThreadSectionAppearance" },
);
export type ThreadSectionAppearance = Static<typeof ThreadSectionAppearance>;

export const ThreadSection = T.Object(
  { id: T.String(), name: T.String(), appearance: Nullable(ThreadSectionAppearance) },
  { title: "ThreadSection" },
);
export type ThreadSection = Static<typeof ThreadSection>;

export const ThreadHistoryMode = Words(["legacy", "paginated"], { title: "ThreadHistoryMode" });
export type ThreadHistoryMode = Static<typeof ThreadHistoryMode>;

export const ThreadActiveFlag = Words(["waitingOnApproval", "waitingOnUserInput"], { title: "ThreadActiveFlag" });
export type ThreadActiveFlag = Static<typeof ThreadActiveFlag>;

export const ThreadStatus = T.Union(
  [
    T.Object({ type: T.Literal("notLoaded") }),
    T.Object({ type: T.Literal("idle") }),
    T.Object({ type: T.Literal("systemError") }),
    T.Object({ type: T.Literal("active"), activeFlags: T.Array(ThreadActiveFlag) }),
  ],
  { title: "ThreadStatus" },
);
export type ThreadStatus = Static<typeof ThreadStatus>;

export const ThreadSource = T.String({ title: "ThreadSource" });
export type ThreadSource = Static<typeof ThreadSource>;

export const TurnItemsView = Words(["notLoaded", "summary", "full"], { title: "TurnItemsView" });
export type TurnItemsView = Static<typeof TurnItemsView>;

export const TurnStatus = Words(["completed", "interrupted", "failed", "inProgress"], { title: "TurnStatus" });
export type TurnStatus = Static<typeof TurnStatus>;

export const TurnError = T.Object(
  {
    message: T.String(),
    codexErrorInfo: Nullable(CodexErrorInfo),
    additionalDetails: Nullable(T.String()),
    misalignment: Nullable(MisalignmentErrorDetails),
  },
  { title: "TurnError" },
);
export type TurnError = Static<typeof TurnError>;

export const Turn = T.Object(
  {
    id: T.String(),
    rootTurnId: Nullable(T.String()),
    items: T.Array(ThreadItem),
    itemsView: Defaulted(TurnItemsView, "full"),
    status: TurnStatus,
    error: Nullable(TurnError),
    startedAt: Nullable(Int64),
    completedAt: Nullable(Int64),
    durationMs: Nullable(Int64),
  },
  { title: "Turn" },
);
export type Turn = Static<typeof Turn>;

export const Thread = T.Object(
  {
    id: T.String(),
    environments: Experimental(Nullable(T.Array(ThreadEnvironment))),
    extra: Experimental(Nullable(ThreadExtra)),
    sessionId: T.String(),
    forkedFromId: Nullable(T.String()),
    attachedToThreadId: Experimental(Nullable(T.String())),
    parentThreadId: Nullable(T.String()),
    preview: T.String(),
    ephemeral: T.Boolean(),
    section: Nullable(ThreadSection),
    sectionEnteredAt: Nullable(Int64),
    projectId: OrNull(T.String()),
    historyMode: Defaulted(ThreadHistoryMode, "legacy"),
    modelProvider: T.String(),
    model: Nullable(T.String()),
    reasoningEffort: Nullable(ReasoningEffort),
    createdAt: Int64,
    updatedAt: Int64,
    recencyAt: Nullable(Int64),
    status: ThreadStatus,
    path: Nullable(T.String()),
    cwd: AbsolutePathBuf,
    cliVersion: T.String(),
    originator: Nullable(T.String()),
    source: SessionSource,
    canAcceptDirectInput: Experimental(Nullable(T.Boolean())),
    threadSource: Nullable(ThreadSource),
    agentNickname: Nullable(T.String()),
    agentRole: Nullable(T.String()),
    gitInfo: Nullable(GitInfo),
    name: Nullable(T.String()),
    daybreakEnabled: Experimental(Nullable(T.Boolean())),
    turns: T.Array(Turn),
  },
  { title: "Thread" },
);
export type Thread = Static<typeof Thread>;

export const TurnEnvironmentParams = T.Object(
  {
    environmentId: T.String(),
    cwd: LegacyAppPathString,
    runtimeWorkspaceRoots: OptionalNull(T.Array(LegacyAppPathString)),
  },
  { title: "TurnEnvironmentParams" },
);
export type TurnEnvironmentParams = Static<typeof TurnEnvironmentParams>;
