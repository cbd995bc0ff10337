import type { TurnError } from "@codex/protocol/thread";
import { CallLoop } from "./call-loop.ts";
import { sample } from "./sample.ts";
import type { Reply, Turn, TurnDeps, TurnEnd } from "./turn.ts";

/**
 * Runs one turn: ask the model, run the tools it calls, repeat until it calls none.
 *
 * Resolves once, when the turn has ended for whatever reason. Aborting `turn.signal` ends it as "interrupted" with a history
 * that is still valid (every call has an output). Items are stored before they are shown.
 */
export async function runTurn(turn: Turn, deps: TurnDeps): Promise<TurnEnd> {
  const loop = new CallLoop();
  let end: TurnEnd | undefined;
  while (!end) {
    const reply = await sample(turn, deps);
    end = whyItEnds(reply, turn, loop) ?? (await whetherItGoesOn(reply, turn)) ?? (await turn.makeRoom());
  }
  return end;
}

function whyItEnds(reply: Reply, turn: Turn, loop: CallLoop): TurnEnd | undefined {
  if (turn.signal.aborted) return abortedEnd(turn.signal.reason);
  if (reply.failure) return { status: "failed", error: reply.failure };
  const repeated = loop.see(reply.calls);
  if (repeated) return { status: "failed", error: repeated };
  return undefined;
}

/** A turn goes on while the model called a tool, the server asked for more, or the user has steered meanwhile. */
async function whetherItGoesOn(reply: Reply, turn: Turn): Promise<TurnEnd | undefined> {
  const steered = (await turn.takeSteers()) > 0;
  if (reply.calls.length > 0 || reply.goOn || steered) return undefined;
  return turn.mayEnd() ? { status: "completed" } : whetherItGoesOn(reply, turn);
}

/** The signal's reason is a TurnError where the engine itself gave up; anything else is the user's interrupt. */
export function abortedEnd(reason: unknown): TurnEnd {
  // For the faces the reviewer's refusals interrupt a turn as a user would; source: the original.
  if (isTurnError(reason) && reason.codexErrorInfo === "tooManyDenials")
    return { status: "interrupted", error: reason };
  return isTurnError(reason) ? { status: "failed", error: reason } : { status: "interrupted" };
}

const isTurnError = (value: unknown): value is TurnError =>
  typeof value === "object" && value !== null && "codexErrorInfo" in value && "message" in value;
