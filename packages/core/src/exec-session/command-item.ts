import type { Clock } from "@codex/platform/clock";
import { resolve } from "node:path";
import type { CommandAction, ThreadItemOf } from "@codex/protocol/items";
import type { ToolContext } from "../tools/define-tool.ts";
import { itemCompleted, itemStarted } from "../turn/item-events.ts";

type Item = ThreadItemOf<"commandExecution">;

/** How a command ended, for its item. `exitCode` is -1 where it never ran, null where it was not to run. */
type CommandEnd = {
  readonly status: "completed" | "failed" | "declined";
  readonly output: string | null;
  readonly exitCode: number | null;
  readonly durationMs: number | null;
};

/** The item that shows one command. It is started at most once, and completed at most once: what comes later is dropped. */
export type CommandItem = {
  /** Unix ms, from the first `start` on. */
  readonly startedAtMs: number;
  /** The command waits for an answer ("agent") or is about to run under `processId`. */
  start(source: "agent" | "unifiedExecStartup"): void;
  /** Output as it comes; also after the call that began the command has returned. */
  delta(text: string): void;
  complete(end: CommandEnd): void;
};

type ShownCommand = {
  /** The shell line as people read it. */
  readonly command: string;
  readonly cwd: string;
  readonly actions: CommandAction[];
  readonly processId: string;
  /** The user's own command, not the model's. */
  readonly ofUser?: boolean;
};

export function commandItem(shown: ShownCommand, context: ToolContext, clock: Clock): CommandItem {
  const { threadId, turnId, callId } = context;
  // A file that is read is named by its whole path.
  const actions = shown.actions.map((action) =>
    action.type === "read" ? { ...action, path: resolve(shown.cwd, action.path) } : action,
  );
  let stage: "new" | "asked" | "running" | "completed" = "new";
  let startedAtMs = clock.now();

  const itemWith = (changes: Partial<Item>): Item => ({
    type: "commandExecution",
    id: callId,
    command: shown.command,
    cwd: shown.cwd,
    processId: stage === "running" && !shown.ofUser ? shown.processId : null,
    source: shown.ofUser ? "userShell" : stage === "running" ? "unifiedExecStartup" : "agent",
    status: "inProgress",
    commandActions: actions,
    aggregatedOutput: null,
    exitCode: null,
    durationMs: null,
    pluginId: null,
    scriptPath: null,
    ...changes,
  });

  return {
    get startedAtMs() {
      return startedAtMs;
    },
    start(source) {
      const first = stage === "new";
      stage = source === "agent" ? "asked" : "running";
      if (!first) return;
      startedAtMs = clock.now();
      context.emit(itemStarted(itemWith({}), context, startedAtMs));
    },
    delta(delta) {
      if (stage !== "running" || delta === "") return;
      const params = { threadId, turnId, itemId: callId, delta };
      context.emit({ method: "item/commandExecution/outputDelta", params });
    },
    complete({ status, output, exitCode, durationMs }) {
      if (stage === "completed") return;
      const item = itemWith({ status, aggregatedOutput: output || null, exitCode, durationMs });
      stage = "completed";
      context.emit(itemCompleted(item, context, { startedAtMs, completedAtMs: clock.now() }));
    },
  };
}
