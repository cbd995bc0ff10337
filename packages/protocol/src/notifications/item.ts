import { Type as T, type Static } from "@sinclair/typebox";
import { FileUpdateChange, ThreadItem } from "../items.ts";
import { ResponseItem } from "../response-items.ts";
import { Int64, Nullable, OptionalNull, Uint64 } from "../schema.ts";
import { TokenUsageBreakdown } from "../token-usage.ts";
import { JsonValue } from "../values.ts";

export const AgentMessageDeltaNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), itemId: T.String(), delta: T.String() },
  { title: "AgentMessageDeltaNotification" },
);
export type AgentMessageDeltaNotification = Static<typeof AgentMessageDeltaNotification>;

export const CommandExecutionOutputDeltaNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), itemId: T.String(), delta: T.String() },
  { title: "CommandExecutionOutputDeltaNotification" },
);
export type CommandExecutionOutputDeltaNotification = Static<typeof CommandExecutionOutputDeltaNotification>;

export const FileChangeOutputDeltaNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), itemId: T.String(), delta: T.String() },
  { title: "FileChangeOutputDeltaNotification" },
);
export type FileChangeOutputDeltaNotification = Static<typeof FileChangeOutputDeltaNotification>;

export const FileChangePatchUpdatedNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), itemId: T.String(), changes: T.Array(FileUpdateChange) },
  { title: "FileChangePatchUpdatedNotification" },
);
export type FileChangePatchUpdatedNotification = Static<typeof FileChangePatchUpdatedNotification>;

export const ItemCompletedNotification = T.Object(
  {
    item: ThreadItem,
    threadId: T.String(),
    turnId: T.String(),
    contentTokenCount: OptionalNull(Uint64),
    completedAtMs: Int64,
  },
  { title: "ItemCompletedNotification" },
);
export type ItemCompletedNotification = Static<typeof ItemCompletedNotification>;

export const ItemStartedNotification = T.Object(
  { item: ThreadItem, threadId: T.String(), turnId: T.String(), startedAtMs: Int64 },
  { title: "ItemStartedNotification" },
);
export type ItemStartedNotification = Static<typeof ItemStartedNotification>;

export const McpToolCallProgressNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), itemId: T.String(), message: T.String() },
  { title: "McpToolCallProgressNotification" },
);
export type McpToolCallProgressNotification = Static<typeof McpToolCallProgressNotification>;

export const PlanDeltaNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), itemId: T.String(), delta: T.String() },
  { title: "PlanDeltaNotification" },
);
export type PlanDeltaNotification = Static<typeof PlanDeltaNotification>;

export const ResponseUsageMetadata = T.Object(
  { amount: Nullable(T.String()), metadata: Nullable(JsonValue) },
  { title: "ResponseUsageMetadata" },
);
export type ResponseUsageMetadata = Static<typeof ResponseUsageMetadata>;

export const RawResponseCompletedNotification = T.Object(
  {
    threadId: T.String(),
    turnId: T.String(),
    responseId: T.String(),
    usage: Nullable(TokenUsageBreakdown),
    usageMetadata: Nullable(ResponseUsageMetadata),
  },
  { title: "RawResponseCompletedNotification" },
);
export type RawResponseCompletedNotification = Static<typeof RawResponseCompletedNotification>;

export const RawResponseItemCompletedNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), item: ResponseItem },
  { title: "RawResponseItemCompletedNotification" },
);
export type RawResponseItemCompletedNotification = Static<typeof RawResponseItemCompletedNotification>;

export const ReasoningSummaryPartAddedNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), itemId: T.String(), summaryIndex: Int64 },
  { title: "ReasoningSummaryPartAddedNotification" },
);
export type ReasoningSummaryPartAddedNotification = Static<typeof ReasoningSummaryPartAddedNotification>;

export const ReasoningSummaryTextDeltaNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), itemId: T.String(), delta: T.String(), summaryIndex: Int64 },
  { title: "ReasoningSummaryTextDeltaNotification" },
);
export type ReasoningSummaryTextDeltaNotification = Static<typeof ReasoningSummaryTextDeltaNotification>;

export const ReasoningTextDeltaNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), itemId: T.String(), delta: T.String(), contentIndex: Int64 },
  { title: "ReasoningTextDeltaNotification" },
);
export type ReasoningTextDeltaNotification = Static<typeof ReasoningTextDeltaNotification>;

export const TerminalInteractionNotification = T.Object(
  { threadId: T.String(), turnId: T.String(), itemId: T.String(), processId: T.String(), stdin: T.String() },
  { title: "TerminalInteractionNotification" },
);
export type TerminalInteractionNotification = Static<typeof TerminalInteractionNotification>;
