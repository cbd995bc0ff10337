import type { ServerRequestMethod, ServerRequestParams, ServerRequestResults } from "@codex/protocol/approvals";
import type { Clock } from "@codex/platform/clock";
import { newId } from "@codex/platform/ids";
import type { UserInput } from "@codex/protocol/items";
import type { JsonObject } from "@codex/protocol/json";
import type { ThreadEvent } from "@codex/protocol/notifications";
import type { ResponseItem, TokenUsage } from "@codex/protocol/responses";
import type { Turn as TurnSummary } from "@codex/protocol/thread";
import type { Stamp } from "../context/context-message.ts";
import type { TurnEnd } from "../turn/turn.ts";
import type { Journal } from "./journal.ts";
import type { ThreadSettings } from "./thread-settings.ts";
import { breakdown } from "./usage-meter.ts";

/** What a turn was asked for. */
export type TurnWish = {
  readonly input: readonly UserInput[];
  readonly clientUserMessageId: string | null;
  readonly outputSchema: JsonObject | undefined;
  /** Which face caused it: "exec", "user". */
  readonly trigger: string;
};

type Deps = {
  readonly clock: Clock;
  readonly journal: Journal;
  ask<M extends ServerRequestMethod>(
    method: M,
    params: ServerRequestParams[M],
    signal: AbortSignal,
  ): Promise<ServerRequestResults[M]>;
};

/** A turn while it runs: its identity, its settings, and its way to the thread's journal. */
export class OpenTurn {
  readonly id = newId();
  readonly threadId: string;
  readonly settings: ThreadSettings;
  readonly wish: TurnWish;
  readonly startedAtMs: number;
  /** Stamps the items that this turn makes. */
  readonly stamp: Stamp;
  readonly #controller = new AbortController();
  readonly #deps: Deps;
  readonly #began: number;
  #steers: (readonly UserInput[])[] = [];
  #firstTokenMs: number | null = null;
  #lastMessage: string | null = null;

  constructor(threadId: string, settings: ThreadSettings, wish: TurnWish, deps: Deps) {
    this.threadId = threadId;
    this.settings = settings;
    this.wish = wish;
    this.#deps = deps;
    this.startedAtMs = deps.clock.now();
    this.#began = deps.clock.monotonic();
    this.stamp = { turnId: this.id, now: () => deps.clock.now(), newId };
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get lastMessage(): string | null {
    return this.#lastMessage;
  }

  /** Without a reason it is the user's interrupt; a TurnError as the reason makes it a failure. */
  abort(reason?: unknown): void {
    this.#controller.abort(reason);
  }

  /** Adds to what the model is told, at its next request. */
  steer(input: readonly UserInput[]): void {
    this.#steers.push(input);
  }

  takeSteers(): (readonly UserInput[])[] {
    return this.#steers.splice(0);
  }

  /** Stores, then shows; false where it could not be stored. */
  emit(event: ThreadEvent): boolean {
    if (event.method === "item/started" && event.params.item.type !== "userMessage")
      this.#firstTokenMs ??= this.#elapsed();
    if (event.method === "item/completed") {
      const { item } = event.params;
      if (item.type === "agentMessage" && !item.incomplete) this.#lastMessage = item.text;
    }
    return this.#deps.journal.emit(event, {
      trigger: this.wish.trigger,
      contextWindow: this.settings.model.effectiveContextWindow,
      lastAgentMessage: this.#lastMessage,
      timeToFirstTokenMs: this.#firstTokenMs,
    });
  }

  append(items: readonly ResponseItem[]): void {
    this.#deps.journal.append(items.map((item) => this.#marked(item)));
  }

  /** Counts what a response used, and tells the faces. A server that tells nothing is not counted as zero. */
  addUsage(responseId: string | undefined, usage: TokenUsage | undefined): void {
    if (!usage) return;
    const { journal } = this.#deps;
    journal.usage.add(usage);
    const { turn, thread } = journal.usage;
    const contextWindow = this.settings.model.effectiveContextWindow;
    journal.keep({
      type: "tokenUsage",
      turnId: this.id,
      responseId: responseId ?? null,
      usage,
      turnUsage: turn,
      threadUsage: thread,
    });
    journal.keep({ type: "tokenCount", total: thread, last: usage, contextWindow, rateLimits: null });
    const tokenUsage = { total: breakdown(thread), last: breakdown(usage), modelContextWindow: contextWindow };
    const { threadId, id: turnId } = this;
    this.emit({ method: "thread/tokenUsage/updated", params: { threadId, turnId, tokenUsage } });
  }

  ask<M extends ServerRequestMethod>(method: M, params: ServerRequestParams[M]): Promise<ServerRequestResults[M]> {
    return this.#deps.ask(method, params, this.signal);
  }

  /** An item that is begun and done at once. */
  show(item: Extract<ThreadEvent, { method: "item/started" }>["params"]["item"]): void {
    const now = this.#deps.clock.now();
    const params = { item: { ...item, startedAtMs: now }, threadId: this.threadId, turnId: this.id, startedAtMs: now };
    this.emit({ method: "item/started", params });
    this.emit({
      method: "item/completed",
      params: { ...params, item: { ...params.item, completedAtMs: now }, contentTokenCount: null, completedAtMs: now },
    });
  }

  summary(end?: TurnEnd): TurnSummary {
    return {
      id: this.id,
      rootTurnId: this.id,
      items: [],
      itemsView: "notLoaded",
      status: end?.status ?? "inProgress",
      error: end?.status === "failed" ? end.error : null,
      startedAt: Math.floor(this.startedAtMs / 1000),
      completedAt: end ? Math.floor(this.#deps.clock.now() / 1000) : null,
      durationMs: end ? this.#elapsed() : null,
    };
  }

  /** Every stored item tells its turn; source: rollouts of the original 0.169.0. */
  #marked(item: ResponseItem): ResponseItem {
    if (item.internal_chat_message_metadata_passthrough) return item;
    return { ...item, internal_chat_message_metadata_passthrough: { turn_id: this.id } };
  }

  #elapsed(): number {
    return Math.round(this.#deps.clock.monotonic() - this.#began);
  }
}
