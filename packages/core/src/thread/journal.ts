import type { ThreadEvent } from "@codex/protocol/notifications";
import type { RateLimitSnapshot } from "@codex/protocol/rate-limits";
import { noUsage, type ResponseItem, type TokenUsage } from "@codex/protocol/responses";
import type { CodexError } from "@codex/protocol/errors";
import type { JsonObject } from "@codex/protocol/json";
import type { RolloutRecord } from "../store/rollout-record.ts";
import type { StoredThread } from "../store/stored-thread.ts";
import type { ThreadLog } from "../store/thread-store.ts";
import { recordOf, type TurnFacts } from "./record-of.ts";
import { UsageMeter } from "./usage-meter.ts";

/**
 * What has happened in a thread: the model's history, the usage, and the rollout that holds both. Everything is on disk
 * before it is in the history or shown. After a failed write nothing more is shown of what could not be kept, and
 * `onFailure` is told (once a failure); the turn then ends.
 */
export class Journal {
  readonly usage: UsageMeter;
  /** What the model has been told of the world. */
  worldState: JsonObject | undefined;
  /** How often the history has been replaced by a summary since the thread was loaded. */
  compactions = 0;
  /** What the last rate limits were, as text: they are told again only when they differ. */
  #limits: string | undefined;
  #contextTokens: number;
  #history: ResponseItem[];
  readonly #log: ThreadLog | undefined;
  readonly #show: (event: ThreadEvent) => void;
  readonly #onFailure: (error: CodexError) => void;

  constructor(parts: {
    /** Undefined for a thread that leaves nothing on disk. */
    log: ThreadLog | undefined;
    stored: StoredThread | undefined;
    show(event: ThreadEvent): void;
    onFailure(error: CodexError): void;
  }) {
    this.#log = parts.log;
    this.#show = parts.show;
    this.#onFailure = parts.onFailure;
    this.#history = [...(parts.stored?.history ?? [])];
    this.#contextTokens = parts.stored?.tokenCount?.last.total_tokens ?? 0;
    this.usage = new UsageMeter(parts.stored?.totalUsage ?? noUsage);
    this.worldState = parts.stored?.worldState;
  }

  get history(): readonly ResponseItem[] {
    return this.#history;
  }

  /** Tokens that the last response and what it answered took of the model's window; 0 where that is not known. */
  get contextTokens(): number {
    return this.#contextTokens;
  }

  /** The service said that the history is too long. */
  markFull(): void {
    this.#contextTokens = Number.POSITIVE_INFINITY;
  }

  /** Counts what a response used, for the turn, the thread and the window. */
  count(usage: TokenUsage): void {
    this.usage.add(usage);
    this.#contextTokens = usage.total_tokens;
  }

  /** Whether these limits say something, and something else than the last. */
  isNews(limits: RateLimitSnapshot): boolean {
    const { limitId: _, ...rest } = limits;
    if (Object.values(rest).every((value) => value === null)) return false;
    const text = JSON.stringify(limits);
    const isNews = text !== this.#limits;
    this.#limits = text;
    return isNews;
  }

  /** From now on the model sees these items instead of what was. */
  replaceHistory(items: readonly ResponseItem[], message: string): boolean {
    if (!this.keep({ type: "compacted", message, replacementHistory: [...items] })) return false;
    this.#history = [...items];
    this.#contextTokens = 0;
    this.compactions++;
    return true;
  }

  /** Stores what of the event is stored, then shows it. False where it could not be stored and so was not shown. */
  emit(event: ThreadEvent, turn: TurnFacts): boolean {
    const record = recordOf(event, turn);
    if (record && !this.keep(record)) return false;
    this.#show(event);
    return true;
  }

  /** Puts items at the end of the history. */
  append(items: readonly ResponseItem[]): void {
    for (const item of items) {
      if (this.keep({ type: "responseItem", item })) this.#history.push(item);
    }
  }

  /** Stores a record that is no event. */
  keep(record: RolloutRecord): boolean {
    const stored = this.#log?.append(record);
    if (!stored || stored.ok) return true;
    this.#onFailure(stored.error);
    return false;
  }

  close(): void {
    this.#log?.close();
  }
}
