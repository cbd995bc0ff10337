import { Type as T, type Static, type TSchema } from "@sinclair/typebox";
import { ApprovalsReviewer, AskForApproval, SandboxMode, SandboxPolicy, Thread } from "../thread.ts";

export const OptionalNull = <S extends TSchema>(schema: S) => T.Optional(T.Union([schema, T.Null()]));

/** What a thread may be started, resumed or forked with; absent and null both mean "as configured". */
export const ThreadOverrides = {
  model: OptionalNull(T.String()),
  modelProvider: OptionalNull(T.String()),
  serviceTier: OptionalNull(T.String()),
  cwd: OptionalNull(T.String()),
  runtimeWorkspaceRoots: OptionalNull(T.Array(T.String())),
  approvalPolicy: OptionalNull(AskForApproval),
  approvalsReviewer: OptionalNull(ApprovalsReviewer),
  sandbox: OptionalNull(SandboxMode),
  /** Dotted keys of config.toml. */
  config: OptionalNull(T.Record(T.String(), T.Unknown())),
  baseInstructions: OptionalNull(T.String()),
  developerInstructions: OptionalNull(T.String()),
};

/** What start, resume and fork answer. */
export const ThreadOpened = T.Object({
  thread: Thread,
  model: T.String(),
  modelProvider: T.String(),
  serviceTier: T.Union([T.String(), T.Null()]),
  disabledPluginIds: T.Array(T.String()),
  cwd: T.String(),
  runtimeWorkspaceRoots: T.Array(T.String()),
  /** The AGENTS.md files that were read, absolute. */
  instructionSources: T.Array(T.String()),
  approvalPolicy: AskForApproval,
  approvalsReviewer: ApprovalsReviewer,
  sandbox: SandboxPolicy,
  activePermissionProfile: T.Null(),
  /** What is sent; null where the model takes none. */
  reasoningEffort: T.Union([T.String(), T.Null()]),
  multiAgentMode: T.String(),
});
export type ThreadOpened = Static<typeof ThreadOpened>;
