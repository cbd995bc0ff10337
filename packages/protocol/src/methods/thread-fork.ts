import { Type as T, type Static } from "@sinclair/typebox";
import { Experimental, OptionalNull, Path } from "../schema.ts";
import { ApprovalsReviewer, AskForApproval, SandboxMode, ThreadSource } from "../thread.ts";
import { AbsolutePathBuf, JsonValue } from "../values.ts";
import { openedFields } from "./thread-opened.ts";

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
    ...openedFields,
  },
  { title: "ThreadForkResponse" },
);
export type Result = Static<typeof Result>;
