import { Type as T, type Static } from "@sinclair/typebox";
import { Defaulted, Experimental, Nullable } from "../schema.ts";
import { ActivePermissionProfile } from "../permissions.ts";
import { ApprovalsReviewer, AskForApproval, SandboxPolicy, Thread } from "../thread.ts";
import { AbsolutePathBuf, LegacyAppPathString, MultiAgentMode, ReasoningEffort } from "../values.ts";

/** What start, resume and fork answer alike. */
export const openedFields = {
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
};

const ThreadOpened = T.Object(openedFields);
export type ThreadOpened = Static<typeof ThreadOpened>;
