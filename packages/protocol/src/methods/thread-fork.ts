import { Type as T, type Static } from "@sinclair/typebox";
import { Defaulted, Experimental, Nullable, OptionalNull, Path } from "../schema.ts";
import { ActivePermissionProfile } from "../permissions.ts";
import { ApprovalsReviewer, AskForApproval, SandboxMode, SandboxPolicy, Thread, ThreadSource } from "../thread.ts";
import { AbsolutePathBuf, JsonValue, LegacyAppPathString, MultiAgentMode, ReasoningEffort } from "../values.ts";

export const Params = T.Object(
  {
    threadId: T.String(),
    experimentalPredictionMode: Experimental(T.Optional(T.Boolean())),
    experimentalDisablePredictionMcp: Experimental(T.Optional(T.Boolean())),
    lastTurnId: OptionalNull(T.String()),
    beforeTurnId: Experimental(OptionalNull(T.String())),
    path: Experimental(OptionalNull(Path)),
    model: OptionalNull(T.String()),
    modelProvider: OptionalNull(T.String()),
    serviceTier: OptionalNull(T.String()),
    cwd: OptionalNull(T.String()),
    runtimeWorkspaceRoots: Experimental(OptionalNull(T.Array(AbsolutePathBuf))),
    approvalPolicy: OptionalNull(AskForApproval),
    approvalsReviewer: OptionalNull(ApprovalsReviewer),
    sandbox: OptionalNull(SandboxMode),
    permissions: Experimental(OptionalNull(T.String())),
    config: OptionalNull(T.Record(T.String(), JsonValue)),
    baseInstructions: OptionalNull(T.String()),
    developerInstructions: OptionalNull(T.String()),
    ephemeral: T.Optional(T.Boolean()),
    attachToSource: Experimental(T.Optional(T.Boolean())),
    threadSource: OptionalNull(ThreadSource),
    excludeTurns: T.Optional(T.Boolean()),
    deferGoalContinuation: Experimental(T.Optional(T.Boolean())),
  },
  { title: "ThreadForkParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  {
    thread: Thread,
    model: T.String(),
    modelProvider: T.String(),
    serviceTier: Nullable(T.String()),
    disabledPluginIds: Defaulted(T.Array(T.String()), []),
    cwd: AbsolutePathBuf,
    runtimeWorkspaceRoots: Experimental(Defaulted(T.Array(AbsolutePathBuf), [])),
    instructionSources: Defaulted(T.Array(LegacyAppPathString), []),
    approvalPolicy: AskForApproval,
    approvalsReviewer: ApprovalsReviewer,
    sandbox: SandboxPolicy,
    activePermissionProfile: Experimental(Nullable(ActivePermissionProfile)),
    reasoningEffort: Nullable(ReasoningEffort),
    multiAgentMode: Experimental(Defaulted(MultiAgentMode, "explicitRequestOnly")),
  },
  { title: "ThreadForkResponse" },
);
export type Result = Static<typeof Result>;
