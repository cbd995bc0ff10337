import { turnAborted } from "../context/turn-aborted.ts";
import { abortedEnd } from "../turn/run-turn.ts";
import { turnError } from "../turn/turn-error.ts";
import type { TurnEnd } from "../turn/turn.ts";
import { takeSteers } from "./answer-input.ts";
import type { OpenTurn } from "./open-turn.ts";

/**
 * A turn from its first event to its last; `body` is what it is about. Never rejects: whatever happens, the turn has ended and
 * the faces know how.
 */
export async function conductTurn(turn: OpenTurn, body: () => Promise<TurnEnd>): Promise<TurnEnd> {
  let end: TurnEnd;
  try {
    turn.emit({ method: "turn/started", params: { threadId: turn.threadId, turn: turn.summary() } });
    end = await body();
  } catch (error) {
    const message = `Something went wrong inside Codex: ${error instanceof Error ? error.message : String(error)}`;
    end = turn.signal.aborted ? abortedEnd(turn.signal.reason) : { status: "failed", error: turnError(message) };
  }
  // What was said too late for this turn stands in the history for the next.
  while (!turn.stopHearing()) await takeSteers(turn);
  if (end.status === "interrupted") turn.append([turnAborted(turn.stamp)]);
  return end;
}
