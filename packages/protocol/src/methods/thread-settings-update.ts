import { Type as T, type Static } from "@sinclair/typebox";
import { CollaborationMode } from "../collaboration-mode.ts";
import { OptionalNull } from "../schema.ts";
import { ApprovalsReviewer, AskForApproval, SandboxPolicy, TurnEnvironmentParams } from "../thread.ts";
import { MultiAgentMode, Personality, ReasoningEffort, ReasoningSummary } from "../values.ts";

export const Params = T.Object(
  {
    threadId: T.String(),
    disabledPluginIds: OptionalNull(T.Array(T.String())),
    cwd: OptionalNull(T.String()),
    environments: OptionalNull(T.Array(TurnEnvironmentParams)),
    approvalPolicy: OptionalNull(AskForApproval),
    approvalsReviewer: OptionalNull(ApprovalsReviewer),
    sandboxPolicy: OptionalNull(SandboxPolicy),
    permissions: OptionalNull(T.String()),
    model: OptionalNull(T.String()),
    serviceTier: OptionalNull(T.String()),
    effort: OptionalNull(ReasoningEffort),
    summary: OptionalNull(ReasoningSummary),
    collaborationMode: OptionalNull(CollaborationMode),
    multiAgentMode: OptionalNull(MultiAgentMode),
    personality: OptionalNull(Personality),
  },
  { title: "ThreadSettingsUpdateParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadSettingsUpdateResponse" });
export type Result = Static<typeof Result>;
