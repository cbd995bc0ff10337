import type { JsonObject } from "@codex/protocol/json";
import type { ResponseItem, TokenUsage } from "@codex/protocol/responses";
import type { Turn } from "@codex/protocol/thread";
import type { SessionMeta } from "./rollout-line.ts";
import type { TokenCount, TurnContext } from "./rollout-record.ts";

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
  /** The number of the next line, and the file's size. */
  readonly end: { ordinal: number; bytes: number };
  /** What a person should know: damaged lines, a changed parent. One sentence each. */
  readonly warnings: string[];
};
