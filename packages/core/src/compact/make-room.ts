import type { ConductDeps } from "../thread/conduct-deps.ts";
import type { OpenTurn } from "../thread/open-turn.ts";
import type { TurnEnd } from "../turn/turn.ts";

/**
 * Compacts the history where the last response has filled the model's window so far that the next may not fit. Undefined
 * where the turn may go on; the compaction's own end where that went wrong.
 */
export async function makeRoom(
  turn: OpenTurn,
  phase: "pre_turn" | "mid_turn",
  deps: ConductDeps,
): Promise<TurnEnd | undefined> {
  const used = deps.journal.contextTokens;
  if (used < limitOf(turn)) return undefined;
  const { compactThread } = await import("./compact-thread.ts");
  const end = await compactThread(turn, { trigger: "auto", reason: "context_limit", phase }, deps);
  return end.status === "completed" ? undefined : end;
}

/** Tokens; nine tenths of the whole window, unless the config says where. Source: the original. */
function limitOf({ settings: { config, model } }: OpenTurn): number {
  const most = Math.floor(model.contextWindow * 0.9);
  return Math.min(config.model_auto_compact_token_limit ?? most, most);
}
