import { Type as T, type Static } from "@sinclair/typebox";
import { HookEventName, HookSource } from "../hooks.ts";
import { BigInt64, Defaulted, Nullable, Words } from "../schema.ts";
import { LegacyAppPathString } from "../values.ts";

export const HookHandlerType = Words(["command", "mcpTool", "prompt", "agent"], { title: "HookHandlerType" });
export type HookHandlerType = Static<typeof HookHandlerType>;

export const HookExecutionMode = Words(["sync", "async"], { title: "HookExecutionMode" });
export type HookExecutionMode = Static<typeof HookExecutionMode>;

export const HookScope = Words(["thread", "turn"], { title: "HookScope" });
export type HookScope = Static<typeof HookScope>;

export const HookRunStatus = Words(["running", "completed", "failed", "blocked", "stopped"], {
  title: "HookRunStatus",
});
export type HookRunStatus = Static<typeof HookRunStatus>;

export const HookOutputEntryKind = Words(["warning", "stop", "feedback", "context", "error"], {
  title: "HookOutputEntryKind",
});
export type HookOutputEntryKind = Static<typeof HookOutputEntryKind>;

export const HookOutputEntry = T.Object({ kind: HookOutputEntryKind, text: T.String() }, { title: "HookOutputEntry" });
export type HookOutputEntry = Static<typeof HookOutputEntry>;

export const HookRunSummary = T.Object(
  {
    id: T.String(),
    eventName: HookEventName,
    handlerType: HookHandlerType,
    executionMode: HookExecutionMode,
    scope: HookScope,
    sourcePath: LegacyAppPathString,
    source: Defaulted(HookSource, "unknown"),
    displayOrder: BigInt64,
    status: HookRunStatus,
    statusMessage: Nullable(T.String()),
    startedAt: BigInt64,
    completedAt: Nullable(BigInt64),
    durationMs: Nullable(BigInt64),
    entries: T.Array(HookOutputEntry),
  },
  { title: "HookRunSummary" },
);
export type HookRunSummary = Static<typeof HookRunSummary>;

export const HookCompletedNotification = T.Object(
  { threadId: T.String(), turnId: Nullable(T.String()), run: HookRunSummary },
  { title: "HookCompletedNotification" },
);
export type HookCompletedNotification = Static<typeof HookCompletedNotification>;

export const HookStartedNotification = T.Object(
  { threadId: T.String(), turnId: Nullable(T.String()), run: HookRunSummary },
  { title: "HookStartedNotification" },
);
export type HookStartedNotification = Static<typeof HookStartedNotification>;
