import { addUsage, noUsage, type TokenUsage } from "@codex/protocol/responses";
import type { TokenUsageBreakdown } from "@codex/protocol/token-usage";

/** Sums what responses used: of the thread, and of the turn that runs. */
export class UsageMeter {
  #thread: TokenUsage;
  #turn: TokenUsage = noUsage;

  constructor(thread: TokenUsage) {
    this.#thread = thread;
  }

  startTurn(): void {
    this.#turn = noUsage;
  }

  add(usage: TokenUsage): void {
    this.#thread = addUsage(this.#thread, usage);
    this.#turn = addUsage(this.#turn, usage);
  }

  get thread(): TokenUsage {
    return this.#thread;
  }

  get turn(): TokenUsage {
    return this.#turn;
  }
}

export const breakdown = (usage: TokenUsage): TokenUsageBreakdown => ({
  totalTokens: usage.total_tokens,
  inputTokens: usage.input_tokens,
  cachedInputTokens: usage.cached_input_tokens,
  cacheWriteInputTokens: usage.cache_write_input_tokens,
  outputTokens: usage.output_tokens,
  reasoningOutputTokens: usage.reasoning_output_tokens,
});
