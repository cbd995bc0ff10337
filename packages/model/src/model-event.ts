import type { ResponseItem, TokenUsage } from "@codex/protocol/responses";
import type { RateLimitSnapshot } from "@codex/protocol/rate-limits";
import type { TurnError } from "@codex/protocol/thread";

/** What one sampling of the model yields, whichever transport and however many requests it took. */
export type ModelEvent =
  | { type: "created"; responseId: string }
  /** An item begins; deltas for `itemId` follow. Ids are ours where the server sends none. */
  | { type: "itemStarted"; itemId: string; item: ResponseItem }
  | { type: "textDelta"; itemId: string; delta: string }
  | { type: "reasoningSummaryPart"; itemId: string; index: number }
  | { type: "reasoningSummaryDelta"; itemId: string; index: number; delta: string }
  | { type: "reasoningDelta"; itemId: string; index: number; delta: string }
  /** An item is whole. `itemId` is the one of its `itemStarted`, where there was one. */
  | { type: "item"; itemId: string; item: ResponseItem }
  | { type: "rateLimits"; snapshot: RateLimitSnapshot }
  /** The server answered with another model than the one asked for. */
  | { type: "rerouted"; from: string; to: string }
  /** The stream broke or could not be opened and will be tried again; what was cut is closed by the listener. */
  | { type: "retrying"; message: string; attempt: number; attempts: number; error: TurnError }
  /** `usage` is undefined where the server told none. `goOn`: the server asks for another request. */
  | { type: "completed"; responseId: string | undefined; usage: TokenUsage | undefined; goOn: boolean }
  | { type: "failed"; error: TurnError };
