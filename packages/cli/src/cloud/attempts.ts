import type { Backend, BackendFailure } from "@codex/auth/backend/open-backend";
import { isObject } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { diffOf, number, part, text, turnDiff } from "./task.ts";

type Attempt = { placement: number | undefined; createdAt: number | undefined; diff: string };

/**
 * The diff of an attempt, counted from 1 among those that have one. The other attempts are only asked for where the task's
 * own cannot be it.
 */
export async function attemptDiff(
  id: string,
  details: Record<string, unknown>,
  wanted: number,
  cloud: { ask: Backend; url: (path: string) => string },
): Promise<Result<string, BackendFailure | string>> {
  const turn = part(details["current_assistant_turn"]);
  const own = diffOf(details);
  const placement = number(turn["attempt_placement"]);
  if (wanted === 1 && own !== undefined && (placement === 0 || isOnly(turn))) return ok(own);

  const turnId = text(turn["id"]);
  const siblings = turnId === undefined || isOnly(turn) ? ok([]) : await askSiblings(id, turnId, cloud);
  if (!siblings.ok) return siblings;
  const attempts = [
    ...(own === undefined ? [] : [{ placement, createdAt: undefined, diff: own }]),
    ...siblings.value.toSorted(byPlace),
  ].toSorted(byPlace);
  if (attempts.length === 0) return err(`No diff available for task ${id}; it may still be running.`);
  const attempt = attempts[wanted - 1];
  if (attempt === undefined) {
    return err(`Attempt ${wanted} not available; only ${attempts.length} attempt(s) found`);
  }
  return ok(attempt.diff);
}

/** The service says that there is no other; where it says nothing, it has to be asked. */
const isOnly = (turn: Record<string, unknown>): boolean => {
  const siblings = turn["sibling_turn_ids"];
  return Array.isArray(siblings) && siblings.length === 0;
};

async function askSiblings(
  id: string,
  turnId: string,
  { ask, url }: { ask: Backend; url: (path: string) => string },
): Promise<Result<Attempt[], BackendFailure>> {
  const path = `tasks/${encodeURIComponent(id)}/turns/${encodeURIComponent(turnId)}/sibling_turns`;
  const reply = await ask({ method: "GET", url: url(path) });
  if (!reply.ok) return reply;
  const turns = part(reply.value)["sibling_turns"];
  return ok(
    (Array.isArray(turns) ? turns.filter(isObject) : []).flatMap((turn) => {
      const diff = turnDiff(turn);
      if (diff === undefined) return [];
      return [{ placement: number(turn["attempt_placement"]), createdAt: number(turn["created_at"]), diff }];
    }),
  );
}

/** By place, then by time; what says nothing comes last. */
const byPlace = (one: Attempt, other: Attempt): number =>
  order(one.placement, other.placement) || order(one.createdAt, other.createdAt);

function order(one: number | undefined, other: number | undefined): number {
  if (one === undefined || other === undefined) return Number(one === undefined) - Number(other === undefined);
  return one - other;
}
