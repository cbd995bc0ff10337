import { Type as T, type Static } from "@sinclair/typebox";
import { Int64, NoParams, Nullable, Words } from "../schema.ts";

export const Params = NoParams;
export type Params = Static<typeof Params>;

export const WorkspaceMessageType = Words(["headline", "announcement", "unknown"], { title: "WorkspaceMessageType" });
export type WorkspaceMessageType = Static<typeof WorkspaceMessageType>;

export const WorkspaceMessage = T.Object(
  {
    messageId: T.String(),
    messageType: WorkspaceMessageType,
    messageBody: T.String(),
    createdAt: Nullable(Int64),
    archivedAt: Nullable(Int64),
  },
  { title: "WorkspaceMessage" },
);
export type WorkspaceMessage = Static<typeof WorkspaceMessage>;

export const Result = T.Object(
  { featureEnabled: T.Boolean(), messages: T.Array(WorkspaceMessage) },
  { title: "GetWorkspaceMessagesResponse" },
);
export type Result = Static<typeof Result>;
