import type { ServerRequestParams, ServerRequestResults } from "@codex/protocol/approvals";
import type { Clock } from "@codex/platform/clock";
import { newId } from "@codex/platform/ids";
import type { ThreadItem, ThreadItemOf, UserInput } from "@codex/protocol/items";
import type { JsonObject } from "@codex/protocol/json";
import type { ThreadEvent } from "@codex/protocol/notifications";
import { noUsage, type ResponseItem, type TokenUsage } from "@codex/protocol/responses";
import type { Turn as TurnSummary } from "@codex/protocol/thread";
import type { ThreadQuestion } from "../audience.ts";
import type { AdditionalContext } from "../context/additional-context.ts";
import type { Stamp } from "../context/context-message.ts";
import { withGrant, type Grant } from "../tools/permission-grants.ts";
import { itemCompleted, itemStarted } from "../turn/item-events.ts";
import type { TurnEnd } from "../turn/turn.ts";
import type { Journal } from "./journal.ts";
import type { ThreadSettings } from "./thread-settings.ts";
import { breakdown } from "./usage-meter.ts";

/** What a turn was asked for. */
export type TurnWish = {
  /** A compaction hears nothing that is said meanwhile. */
  readonly kind: "regular" | "compact" | "shell";
  readonly input: readonly UserInput[];
  readonly clientUserMessageId: string | null;
  readonly outputSchema: JsonObject | undefined;
  /** For this turn only; undefined leaves the thread's. */
  readonly serviceTier: string | undefined;
  /** Which face caused it: "exec", "user". */
  readonly trigger: string;
  /** The first turn of the chain of work it belongs to; undefined where that is itself. */
  readonly rootTurnId: string | undefined;
  /** What the client tells the model beside the input. */
  readonly context: AdditionalContext;
};

/** A turn that nobody asked for anything. */
export const noWish: TurnWish = {
  kind: "regular",
  input: [],
  clientUserMessageId: null,
  outputSchema: undefined,
  serviceTier: undefined,
  trigger: "user",
  rootTurnId: undefined,
  context: {},
};

/** What came while the turn ran: words of the user, or items that go into the history as they are. */
export type Steer =
  | {
      readonly input: readonly UserInput[];
      readonly clientId: string | null;
      readonly context: AdditionalContext;
    }
  | { readonly items: readonly ResponseItem[] };

type Deps = {
  readonly clock: Clock;
  readonly journal: Journal;
  ask<M extends ThreadQuestion>(
    method: M,
    params: ServerRequestParams[M],
    signal: AbortSignal,
  ): Promise<ServerRequestResults[M]>;
};

/** A turn while it runs: its identity, its settings, and its way to the thread's journal. */
export class OpenTurn {
  readonly id = newId();
  readonly threadId: string;
  #settings: ThreadSettings;
  readonly wish: TurnWish;
  readonly startedAtMs: number;
  /** Stamps the items that this turn makes. */
  readonly stamp: Stamp;
  readonly #controller = new AbortController();
  readonly #deps: Deps;
  readonly #began: number;
  readonly #items = new Map<string, ThreadItem>();
  #steers: Steer[] = [];
  #hears = true;
  #untoldUsage: TokenUsage | undefined;
  #firstTokenMs: number | null = null;
  #lastMessage: ThreadItemOf<"agentMessage"> | undefined;

  constructor(threadId: string, settings: ThreadSettings, wish: TurnWish, deps: Deps) {
    this.threadId = threadId;
    this.#settings = settings;
    this.wish = wish;
    this.#deps = deps;
    this.startedAtMs = deps.clock.now();
    this.#began = deps.clock.monotonic();
    this.stamp = { turnId: this.id, now: () => deps.clock.now(), newId };
  }

  /** The thread's as they were when the turn began, with what was granted since. */
  get settings(): ThreadSettings {
    return this.#settings;
  }

  /** Widens what commands of this turn may do. */
  grant(grant: Grant): void {
    this.#settings = withGrant(this.#settings, grant);
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get lastMessage(): string | null {
    return this.#lastMessage?.text ?? null;
  }

  /** Without a reason it is the user's interrupt; a TurnError as the reason makes it a failure. */
  abort(reason?: unknown): void {
    this.#controller.abort(reason);
  }

  /** Adds to what the model is told, at its next request. False where the turn is ending and hears no more. */
  steer(said: Steer): boolean {
    if (!this.#hears || this.signal.aborted || this.wish.kind === "compact") return false;
    this.#steers.push(said);
    return true;
  }

  /** Counts the windows of history that compactions have begun. */
  get windowNumber(): number {
    return this.#deps.journal.compactions;
  }

  get hasSteers(): boolean {
    return this.#steers.length > 0;
  }

  takeSteers(): Steer[] {
    return this.#steers.splice(0);
  }

  /** From now on nothing is heard; false, and no change, while something that was said has not been taken. */
  stopHearing(): boolean {
    if (this.#steers.length > 0) return false;
    this.#hears = false;
    return true;
  }

  /** Stores, then shows; false where it could not be stored. */
  emit(event: ThreadEvent): boolean {
    const { journal } = this.#deps;
    if (event.method === "account/rateLimits/updated" && !journal.isNews(event.params.rateLimits)) return true;
    if (event.method === "item/started" && event.params.item.type !== "userMessage")
      this.#firstTokenMs ??= this.#elapsed();
    if (event.method === "item/completed") {
      const { item } = event.params;
      this.#items.set(item.id, item);
      if (item.type === "agentMessage" && !item.incomplete) this.#lastMessage = item;
    }
    return journal.emit(event, {
      trigger: this.wish.trigger,
      contextWindow: this.settings.model.effectiveContextWindow,
      lastAgentMessage: this.lastMessage,
      timeToFirstTokenMs: this.#firstTokenMs,
    });
  }

  append(items: readonly ResponseItem[]): void {
    this.#deps.journal.append(items.map((item) => this.#marked(item)));
  }

  /** Counts what a response used, on disk at once. A server that tells nothing is not counted as zero. */
  addUsage(responseId: string | undefined, usage: TokenUsage | undefined): void {
    if (!usage) return;
    const { journal } = this.#deps;
    journal.count(usage);
    const { turn, thread } = journal.usage;
    this.#untoldUsage = usage;
    journal.keep({
      type: "tokenUsage",
      turnId: this.id,
      responseId: responseId ?? null,
      usage,
      turnUsage: turn,
      threadUsage: thread,
    });
  }

  /** Tells the faces what was counted last. */
  tellUsage(): void {
    const last = this.#untoldUsage;
    this.#untoldUsage = undefined;
    if (last) this.#tellOfTokens(last);
  }

  /** Tells the faces what the history takes of the window after a compaction: an estimate, until the service has counted. */
  tellEstimate(): void {
    const { history } = this.#deps.journal;
    const texts = [this.settings.baseInstructions, ...history.map((item) => JSON.stringify(item))];
    const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
    this.#tellOfTokens({ ...noUsage, total_tokens: Math.ceil(bytes / bytesPerToken) });
  }

  #tellOfTokens(last: TokenUsage): void {
    const total = this.#deps.journal.usage.thread;
    const contextWindow = this.settings.model.effectiveContextWindow;
    this.#deps.journal.keep({ type: "tokenCount", total, last, contextWindow, rateLimits: null });
    const tokenUsage = { total: breakdown(total), last: breakdown(last), modelContextWindow: contextWindow };
    const { threadId, id: turnId } = this;
    this.emit({ method: "thread/tokenUsage/updated", params: { threadId, turnId, tokenUsage } });
  }

  async ask<M extends ThreadQuestion>(method: M, params: ServerRequestParams[M]): Promise<ServerRequestResults[M]> {
    const answer = await this.#deps.ask(method, params, this.signal);
    if ("decision" in answer && answer.decision === "cancel") this.abort();
    return answer;
  }

  /** An item that is begun and done at once. */
  show(item: ThreadItem): void {
    const now = this.#deps.clock.now();
    const place = { threadId: this.threadId, turnId: this.id };
    this.emit(itemStarted(item, place, now));
    this.emit(itemCompleted(item, place, { startedAtMs: now, completedAtMs: now }));
  }

  /** As faces are told of it: once it is completed, with what the model said last. */
  summary(end?: TurnEnd): TurnSummary {
    const completed = end?.status === "completed";
    return {
      id: this.id,
      rootTurnId: this.wish.rootTurnId ?? this.id,
      items: completed && this.#lastMessage ? [this.#lastMessage] : [],
      itemsView: completed && this.#lastMessage ? "summary" : "notLoaded",
      status: end?.status ?? "inProgress",
      error: end && "error" in end ? (end.error ?? null) : null,
      startedAt: Math.floor(this.startedAtMs / 1000),
      completedAt: end ? Math.floor(this.#deps.clock.now() / 1000) : null,
      durationMs: end ? this.#elapsed() : null,
    };
  }

  /** With everything that has come to its end in it so far. */
  full(end?: TurnEnd): TurnSummary {
    return { ...this.summary(end), items: [...this.#items.values()], itemsView: "full" };
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

/** The usual estimate. */
const bytesPerToken = 4;
