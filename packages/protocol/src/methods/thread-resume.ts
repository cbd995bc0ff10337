import { Type as T, type Static } from "@sinclair/typebox";
import { Experimental, Nullable, OptionalNull, Path, Uint32 } from "../schema.ts";
import { CollaborationMode } from "../collaboration-mode.ts";
import { ResponseItem } from "../response-items.ts";
import { ApprovalsReviewer, AskForApproval, SandboxMode, Turn, TurnItemsView } from "../thread.ts";
import { AbsolutePathBuf, JsonValue, Personality, SortDirection } from "../values.ts";
import { openedFields } from "./thread-opened.ts";

export const ThreadResumeInitialTurnsPageParams = T.Object(
  { limit: OptionalNull(Uint32), sortDirection: OptionalNull(SortDirection), itemsView: OptionalNull(TurnItemsView) },
  { title: "ThreadResumeInitialTurnsPageParams" },
);
export type ThreadResumeInitialTurnsPageParams = Static<typeof ThreadResumeInitialTurnsPageParams>;

export const Params = T.Object(
  {
    threadId: T.String(),
    history: Experimental(OptionalNull(T.Array(ResponseItem))),
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
    personality: OptionalNull(Personality),
    excludeTurns: T.Optional(T.Boolean()),
    initialTurnsPage: Experimental(OptionalNull(ThreadResumeInitialTurnsPageParams)),
  },
  { title: "ThreadResumeParams" },
);
export type Params = Static<typeof Params>;

export const TurnsPage = T.Object(
  { data: T.Array(Turn), nextCursor: Nullable(T.String()), backwardsCursor: Nullable(T.String()) },
  { title: "TurnsPage" },
);
export type TurnsPage = Static<typeof TurnsPage>;

export const Result = T.Object(
  {
    ...openedFields,
    collaborationMode: Nullable(CollaborationMode),
    initialTurnsPage: Experimental(Nullable(TurnsPage)),
    turnsBackwardsCursor: Nullable(T.String()),
    itemsBackwardsCursor: Nullable(T.String()),
  },
  { title: "ThreadResumeResponse" },
);
export type Result = Static<typeof Result>;
