import type { ThreadItem } from "@codex/protocol/items";
import type { PlanStep, ServerNotification } from "@codex/protocol/notifications";
import type { Turn } from "@codex/protocol/thread";
import type { TokenUsageBreakdown } from "@codex/protocol/token-usage";
import { errorText } from "./error-text.ts";
import type { ExecEvent, ExecItem, ExecUsage } from "./exec-event.ts";
import { OpenItems } from "./open-items.ts";
import { addTokens, noTokens } from "./token-count.ts";

/** Keeps what a line needs of the lines before it: the ids given out, the plan, the usage. */
export class Projection {
  #nextId = 0;
  readonly #ids = new Map<string, string>();
  readonly #open = new OpenItems();
  readonly #told = new Set<string>();
  #plan: { id: string; steps: PlanStep[] } | undefined;
  #turnUsage = noTokens;
  #threadUsage = noTokens;
  /** A message that was cut: told only if nothing comes in its place. */
  #cut: Extract<ThreadItem, { type: "agentMessage" }> | undefined;

  project(notification: ServerNotification): ExecEvent[] {
    switch (notification.method) {
      case "turn/started":
        return [{ type: "turn.started" }];
      case "item/started":
        return this.#itemStarted(notification.params.item);
      case "item/completed":
        return this.#itemCompleted(notification.params.item);
      case "item/commandExecution/outputDelta":
        this.#open.addOutput(notification.params.itemId, notification.params.delta);
        return [];
      case "turn/plan/updated":
        return this.#planUpdated(notification.params.plan);
      case "thread/tokenUsage/updated":
        this.#turnUsage = addTokens(this.#turnUsage, notification.params.tokenUsage.last);
        this.#threadUsage = notification.params.tokenUsage.total;
        return [];
      case "model/rerouted": {
        const { fromModel, toModel } = notification.params;
        return [this.#errorItem(`model rerouted: ${fromModel} -> ${toModel}`)];
      }
      case "warning":
        return this.#told.has(notification.params.message) ? [] : [this.#errorItem(notification.params.message)];
      case "guardianWarning":
        return [this.#errorItem(notification.params.message)];
      case "configWarning":
        return [this.#errorItem(notification.params.summary)];
      case "error":
        return [{ type: "error", message: errorText(notification.params.error) }];
      case "turn/completed":
        return this.#turnEnded(notification.params.turn);
      default:
        return [];
    }
  }

  /** Something that went wrong before the thread began; the thread need not say it again. */
  tell(message: string): ExecEvent {
    this.#told.add(message);
    return this.#errorItem(message);
  }

  #itemStarted(item: ThreadItem): ExecEvent[] {
    const shown = execItem(item);
    const live = shown?.type === "command_execution" || shown?.type === "file_change" || shown?.type === "web_search";
    if (!live) return [];
    const started = { id: this.#idOf(item.id), ...shown };
    this.#open.begin(item.id, started);
    return [{ type: "item.started", item: started }];
  }

  #itemCompleted(item: ThreadItem): ExecEvent[] {
    this.#open.end(item.id);
    if (item.type === "agentMessage" && item.incomplete) {
      this.#cut = item;
      return [];
    }
    if (item.type === "agentMessage") this.#cut = undefined;
    const shown = execItem(item);
    return shown ? [{ type: "item.completed", item: { id: this.#idOf(item.id), ...shown } }] : [];
  }

  #planUpdated(steps: PlanStep[]): ExecEvent[] {
    const type = this.#plan ? "item.updated" : "item.started";
    this.#plan = { id: this.#plan?.id ?? this.#newId(), steps };
    return [{ type, item: { id: this.#plan.id, ...todoList(steps) } }];
  }

  #turnEnded(turn: Turn): ExecEvent[] {
    const events: ExecEvent[] = this.#open.close().map((item) => ({ type: "item.completed", item }));
    if (this.#plan) events.push({ type: "item.completed", item: { id: this.#plan.id, ...todoList(this.#plan.steps) } });
    if (this.#cut && this.#cut.text !== "") {
      const { id, text } = this.#cut;
      events.push({
        type: "item.completed",
        item: { id: this.#idOf(id), type: "agent_message", text, incomplete: true },
      });
    }
    if (turn.status === "completed") {
      events.push({
        type: "turn.completed",
        usage: execUsage(this.#turnUsage),
        thread_usage: execUsage(this.#threadUsage),
      });
    } else {
      events.push({ type: "turn.failed", error: { message: turn.error?.message ?? "interrupted" } });
    }
    return events;
  }

  #errorItem(message: string): ExecEvent {
    return { type: "item.completed", item: { id: this.#newId(), type: "error", message } };
  }

  #idOf(itemId: string): string {
    const known = this.#ids.get(itemId);
    if (known !== undefined) return known;
    const id = this.#newId();
    this.#ids.set(itemId, id);
    return id;
  }

  #newId(): string {
    return `item_${this.#nextId++}`;
  }
}

function execItem(item: ThreadItem): ExecItem | undefined {
  switch (item.type) {
    case "agentMessage":
      return { type: "agent_message", text: item.text };
    case "reasoning": {
      const text = item.summary.join("\n");
      return text === "" ? undefined : { type: "reasoning", text };
    }
    case "commandExecution":
      return {
        type: "command_execution",
        command: item.command,
        aggregated_output: item.aggregatedOutput ?? "",
        exit_code: item.exitCode,
        status: snakeStatus(item.status),
      };
    case "fileChange":
      return { type: "file_change", changes: item.changes.map(execChange), status: snakeStatus(item.status) };
    case "webSearch":
      return { type: "web_search", query: item.query, action: snakeAction(item.action) };
    case "imageView":
      return { type: "image_view", path: item.path };
    case "contextCompaction":
      return { type: "context_compaction" };
    case "userMessage":
      return undefined;
  }
}

type FileChange = Extract<ThreadItem, { type: "fileChange" }>["changes"][number];

function execChange({ path, kind }: FileChange): {
  path: string;
  kind: "add" | "update" | "delete";
  move_path?: string;
} {
  const moved = kind.type === "update" && kind.move_path !== null ? { move_path: kind.move_path } : {};
  return { path, kind: kind.type, ...moved };
}

const snakeStatus = <S extends string>(status: S | "inProgress"): Exclude<S, "inProgress"> | "in_progress" =>
  status === "inProgress" ? "in_progress" : (status as Exclude<S, "inProgress">);

function snakeAction(action: Extract<ThreadItem, { type: "webSearch" }>["action"]): unknown {
  if (!action) return { type: "other" };
  const names = { search: "search", openPage: "open_page", findInPage: "find_in_page", other: "other" } as const;
  const fields = Object.entries(action).filter(([key, value]) => key !== "type" && value !== null);
  return { type: names[action.type], ...Object.fromEntries(fields) };
}

const todoList = (steps: PlanStep[]): ExecItem => ({
  type: "todo_list",
  items: steps.map(({ step, status }) => ({
    text: step,
    completed: status === "completed",
    status: status === "inProgress" ? "in_progress" : status,
  })),
});

const execUsage = (tokens: TokenUsageBreakdown): ExecUsage => ({
  input_tokens: tokens.inputTokens,
  cached_input_tokens: tokens.cachedInputTokens,
  cache_write_input_tokens: tokens.cacheWriteInputTokens,
  output_tokens: tokens.outputTokens,
  reasoning_output_tokens: tokens.reasoningOutputTokens,
});
