import type { JsonObject } from "@codex/protocol/json";
import type { ResponseItem, TokenUsage } from "@codex/protocol/responses";
import type { Turn } from "@codex/protocol/thread";
import type { HistoryBase, SessionMeta } from "./rollout-line.ts";
import type { TokenCount, TurnContext } from "./rollout-record.ts";

/** Where a turn stands in its thread: the ordinal of its first line, and of each of its items, in their order. */
export type TurnPlace = { readonly ordinal: number; readonly items: number[] };

/** A thread as its rollout tells it. */
export type StoredThread = {
  readonly path: string;
  readonly meta: SessionMeta;
  /** The instructions it began with, which every later request repeats; a fork has its parent's. */
  readonly baseInstructions: string | undefined;
  /** Of what the model sees at once; undefined in files that do not tell it. */
  readonly contextWindowId: string | undefined;
  /** What the model sees next: every call answered, compactions and rollbacks done. */
  readonly history: ResponseItem[];
  /** Oldest first, with items; empty where they were not asked for. */
  readonly turns: Turn[];
  /** One for each turn. */
  readonly places: TurnPlace[];
  /** The ordinal of the last line with an item; undefined where there is none, or lines have no numbers. */
  readonly lastItem: number | undefined;
  /** The turn that was running when the file ended. */
  readonly openTurnId: string | undefined;
  readonly totalUsage: TokenUsage;
  /** The last counts that faces were shown. */
  readonly tokenCount: TokenCount | undefined;
  readonly turnContext: TurnContext | undefined;
  /** As the original stores them. */
  readonly settings: JsonObject | undefined;
  readonly worldState: JsonObject | undefined;
  /** The first thing the user said, "" before. */
  readonly preview: string;
  /** How a file that goes on from here refers to it, and the file meant; undefined where lines have no numbers. */
  readonly upTo: { readonly path: string; readonly base: HistoryBase } | undefined;
  /** The number of the next line, and the file's size. */
  readonly end: { ordinal: number; bytes: number };
  /** What a person should know: damaged lines, a changed parent. One sentence each. */
  readonly warnings: string[];
};
