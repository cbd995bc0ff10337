import { Type as T, type Static } from "@sinclair/typebox";
import { Defaulted, Experimental, Int64, Lenient, Nullable, OrNull, Words } from "../schema.ts";
import { CollaborationMode } from "../collaboration-mode.ts";
import { ActivePermissionProfile } from "../permissions.ts";
import {
  ApprovalsReviewer,
  AskForApproval,
  SandboxPolicy,
  Thread,
  ThreadEnvironment,
  ThreadStatus,
} from "../thread.ts";
import { ThreadGoal } from "../thread-goal.ts";
import { ThreadReadState } from "../thread-read-state.ts";
import { TokenUsageBreakdown } from "../token-usage.ts";
import { AbsolutePathBuf, MultiAgentMode, Personality, ReasoningEffort, ReasoningSummary } from "../values.ts";

export const ContextCompactedNotification = T.Object(
  { threadId: T.String(), turnId: T.String() },
  { title: "ContextCompactedNotification" },
);
export type ContextCompactedNotification = Static<typeof ContextCompactedNotification>;

export const EnvironmentConnectionNotification = T.Object(
  { threadId: T.String(), environmentId: T.String() },
  { title: "EnvironmentConnectionNotification" },
);
export type EnvironmentConnectionNotification = Static<typeof EnvironmentConnectionNotification>;

export const ProjectChangeType = Words(["created", "updated", "deleted"], { title: "ProjectChangeType" });
export type ProjectChangeType = Static<typeof ProjectChangeType>;

export const ProjectChangedNotification = T.Object(
  { projectId: T.String(), changeType: ProjectChangeType },
  { title: "ProjectChangedNotification" },
);
export type ProjectChangedNotification = Static<typeof ProjectChangedNotification>;

export const ThreadArchivedNotification = T.Object({ threadId: T.String() }, { title: "ThreadArchivedNotification" });
export type ThreadArchivedNotification = Static<typeof ThreadArchivedNotification>;

export const ThreadAttachmentOperation = Words(["created", "deleted"], { title: "ThreadAttachmentOperation" });
export type ThreadAttachmentOperation = Static<typeof ThreadAttachmentOperation>;

export const ThreadAttachmentUpdatedNotification = T.Object(
  {
    threadId: T.String(),
    attachmentType: T.String(),
    identityKey: T.String(),
    attachmentId: T.String(),
    operation: ThreadAttachmentOperation,
  },
  { title: "ThreadAttachmentUpdatedNotification" },
);
export type ThreadAttachmentUpdatedNotification = Static<typeof ThreadAttachmentUpdatedNotification>;

export const ThreadClosedNotification = T.Object({ threadId: T.String() }, { title: "ThreadClosedNotification" });
export type ThreadClosedNotification = Static<typeof ThreadClosedNotification>;

export const ThreadDeletedNotification = T.Object({ threadId: T.String() }, { title: "ThreadDeletedNotification" });
export type ThreadDeletedNotification = Static<typeof ThreadDeletedNotification>;

export const ThreadGoalClearedNotification = T.Object(
  { threadId: T.String() },
  { title: "ThreadGoalClearedNotification" },
);
export type ThreadGoalClearedNotification = Static<typeof ThreadGoalClearedNotification>;

export const ThreadGoalUpdatedNotification = T.Object(
  { threadId: T.String(), turnId: Nullable(T.String()), goal: ThreadGoal },
  { title: "ThreadGoalUpdatedNotification" },
);
export type ThreadGoalUpdatedNotification = Static<typeof ThreadGoalUpdatedNotification>;

export const ThreadNameUpdatedNotification = T.Object(
  { threadId: T.String(), threadName: Lenient(T.String()) },
  { title: "ThreadNameUpdatedNotification" },
);
export type ThreadNameUpdatedNotification = Static<typeof ThreadNameUpdatedNotification>;

export const ThreadPredictionResult = T.Union(
  [T.Object({ type: T.Literal("completed"), text: Nullable(T.String()) }), T.Object({ type: T.Literal("failed") })],
  { title: "ThreadPredictionResult" },
);
export type ThreadPredictionResult = Static<typeof ThreadPredictionResult>;

export const ThreadPredictionUpdatedNotification = T.Object(
  { threadId: T.String(), sourceTurnId: T.String(), result: ThreadPredictionResult },
  { title: "ThreadPredictionUpdatedNotification" },
);
export type ThreadPredictionUpdatedNotification = Static<typeof ThreadPredictionUpdatedNotification>;

export const ThreadProjectUpdatedNotification = T.Object(
  { threadId: T.String(), projectId: OrNull(T.String()) },
  { title: "ThreadProjectUpdatedNotification" },
);
export type ThreadProjectUpdatedNotification = Static<typeof ThreadProjectUpdatedNotification>;

export const ThreadQueueChangedNotification = T.Object(
  { threadId: T.String() },
  { title: "ThreadQueueChangedNotification" },
);
export type ThreadQueueChangedNotification = Static<typeof ThreadQueueChangedNotification>;

export const ThreadReadStateChangedNotification = T.Object(
  { threadId: T.String(), readState: ThreadReadState },
  { title: "ThreadReadStateChangedNotification" },
);
export type ThreadReadStateChangedNotification = Static<typeof ThreadReadStateChangedNotification>;

export const ThreadRevertedNotification = T.Object({ threadId: T.String() }, { title: "ThreadRevertedNotification" });
export type ThreadRevertedNotification = Static<typeof ThreadRevertedNotification>;

export const ThreadSectionChangedNotification = T.Object(
  { threadId: T.String(), sectionId: OrNull(T.String()) },
  { title: "ThreadSectionChangedNotification" },
);
export type ThreadSectionChangedNotification = Static<typeof ThreadSectionChangedNotification>;

export const ThreadSettings = T.Object(
  {
    disabledPluginIds: Defaulted(T.Array(T.String()), []),
    cwd: AbsolutePathBuf,
    environments: Experimental(Nullable(T.Array(ThreadEnvironment))),
    approvalPolicy: AskForApproval,
    approvalsReviewer: ApprovalsReviewer,
    sandboxPolicy: SandboxPolicy,
    activePermissionProfile: Nullable(ActivePermissionProfile),
    model: T.String(),
    modelProvider: T.String(),
    serviceTier: Nullable(T.String()),
    effort: Nullable(ReasoningEffort),
    summary: Nullable(ReasoningSummary),
    collaborationMode: CollaborationMode,
    multiAgentMode: Experimental(Defaulted(MultiAgentMode, "explicitRequestOnly")),
    personality: Nullable(Personality),
  },
  { title: "ThreadSettings" },
);
export type ThreadSettings = Static<typeof ThreadSettings>;

export const ThreadSettingsUpdatedNotification = T.Object(
  { threadId: T.String(), threadSettings: ThreadSettings },
  { title: "ThreadSettingsUpdatedNotification" },
);
export type ThreadSettingsUpdatedNotification = Static<typeof ThreadSettingsUpdatedNotification>;

export const ThreadStartedNotification = T.Object({ thread: Thread }, { title: "ThreadStartedNotification" });
export type ThreadStartedNotification = Static<typeof ThreadStartedNotification>;

export const ThreadStatusChangedNotification = T.Object(
  { threadId: T.String(), status: ThreadStatus },
  { title: "ThreadStatusChangedNotification" },
);
export type ThreadStatusChangedNotification = Static<typeof ThreadStatusChangedNotification>;

export const ThreadTokenUsage = T.Object(
  { total: TokenUsageBreakdown, last: TokenUsageBreakdown, modelContextWindow: Nullable(Int64) },
  { title: "ThreadTokenUsage" },
);
export type ThreadTokenUsage = Static<typeof ThreadTokenUsage>;

export const ThreadTokenUsageUpdatedNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), tokenUsage: ThreadTokenUsage },
  { title: "ThreadTokenUsageUpdatedNotification" },
);
export type ThreadTokenUsageUpdatedNotification = Static<typeof ThreadTokenUsageUpdatedNotification>;

export const ThreadUnarchivedNotification = T.Object(
  { threadId: T.String() },
  { title: "ThreadUnarchivedNotification" },
);
export type ThreadUnarchivedNotification = Static<typeof ThreadUnarchivedNotification>;
