import type { ThreadItem } from "@codex/protocol/items";
import type { ServerNotification } from "@codex/protocol/notifications";
import type { Turn } from "@codex/protocol/thread";

const at = { threadId: "t", turnId: "u" };

/** The notifications of an item's life, as the server sends them. */
export const started = (item: ThreadItem): ServerNotification => ({
  method: "item/started",
  params: { ...at, item, startedAtMs: 1 },
});
export const completed = (item: ThreadItem): ServerNotification => ({
  method: "item/completed",
  params: { ...at, item, contentTokenCount: null, completedAtMs: 2 },
});
export const warning = (message: string): ServerNotification => ({
  method: "warning",
  params: { threadId: "t", message },
});
export const failing = (message: string, willRetry: boolean): ServerNotification => ({
  method: "error",
  params: {
    ...at,
    willRetry,
    error: { message, codexErrorInfo: "other", additionalDetails: null, misalignment: null },
  },
});
export const planned = (...steps: [string, "pending" | "inProgress" | "completed"][]): ServerNotification => ({
  method: "turn/plan/updated",
  params: { ...at, explanation: null, plan: steps.map(([step, status]) => ({ step, status })) },
});

/** Tokens: 1 of each kind times `last`, of `total` in the thread. */
export const used = (last: number, total: number): ServerNotification => {
  const tokens = (n: number) => ({
    totalTokens: 20 * n,
    inputTokens: 10 * n,
    cachedInputTokens: 4 * n,
    cacheWriteInputTokens: n,
    outputTokens: 10 * n,
    reasoningOutputTokens: 3 * n,
  });
  const tokenUsage = { last: tokens(last), total: tokens(total), modelContextWindow: null };
  return { method: "thread/tokenUsage/updated", params: { ...at, tokenUsage } };
};

export const ended = (status: Turn["status"], message?: string): ServerNotification => ({
  method: "turn/completed",
  params: {
    threadId: "t",
    turn: {
      id: "u",
      rootTurnId: "u",
      items: [],
      itemsView: "notLoaded",
      status,
      error:
        message === undefined
          ? null
          : { message, codexErrorInfo: "other", additionalDetails: null, misalignment: null },
      startedAt: 1,
      completedAt: 2,
      durationMs: 3,
    },
  },
});

export const message = (text: string, more: { id?: string; incomplete?: true } = {}): ThreadItem => ({
  type: "agentMessage",
  id: "msg",
  text,
  phase: null,
  moderation: null,
  memoryCitation: null,
  delivery: null,
  questions: null,
  ...more,
});
export const thought = (summary: string[], content: string[] = []): ThreadItem => ({
  type: "reasoning",
  id: "rs",
  summary,
  content,
});
export const command = (
  line: string,
  more: Partial<Extract<ThreadItem, { type: "commandExecution" }>> = {},
): ThreadItem => ({
  type: "commandExecution",
  id: "call",
  command: line,
  cwd: "/w",
  processId: "1",
  source: "unifiedExecStartup",
  status: "inProgress",
  commandActions: [],
  aggregatedOutput: null,
  exitCode: null,
  durationMs: null,
  pluginId: null,
  scriptPath: null,
  ...more,
});
export const change = (status: "inProgress" | "completed" | "failed" | "declined"): ThreadItem => ({
  type: "fileChange",
  id: "patch",
  status,
  changes: [
    { path: "/w/new", kind: { type: "add" }, diff: "+x" },
    { path: "/w/old", kind: { type: "delete" }, diff: "" },
    { path: "/w/a", kind: { type: "update", move_path: "/w/b" }, diff: "@@" },
    { path: "/w/c", kind: { type: "update", move_path: null }, diff: "@@" },
  ],
});
