import type { ThreadEvent } from "@codex/protocol/notifications";
import type { RolloutRecord } from "../store/rollout-record.ts";

/** What an event does not say itself of its turn. */
export type TurnFacts = {
  readonly trigger: string;
  readonly contextWindow: number;
  readonly lastAgentMessage: string | null;
  readonly timeToFirstTokenMs: number | null;
};

/** What the rollout keeps of an event; undefined for one that a resume does not need. Deltas are not stored. */
export function recordOf(event: ThreadEvent, facts: TurnFacts): RolloutRecord | undefined {
  switch (event.method) {
    case "turn/started": {
      const { turn } = event.params;
      return {
        type: "turnStarted",
        turnId: turn.id,
        startedAt: turn.startedAt ?? 0,
        contextWindow: facts.contextWindow,
        trigger: facts.trigger,
      };
    }
    case "item/completed": {
      const { item, turnId, completedAtMs } = event.params;
      const { startedAtMs, completedAtMs: _completed, ...bare } = item;
      return { type: "itemCompleted", turnId, item: bare, startedAtMs: startedAtMs ?? completedAtMs, completedAtMs };
    }
    case "turn/completed": {
      const { id: turnId, status, error, startedAt, completedAt, durationMs } = event.params.turn;
      const times = { startedAt, completedAt, durationMs };
      if (status === "interrupted") return { type: "turnAborted", turnId, reason: "interrupted", ...times };
      const { lastAgentMessage, timeToFirstTokenMs } = facts;
      return { type: "turnEnded", turnId, lastAgentMessage, error, timeToFirstTokenMs, ...times };
    }
    default:
      return undefined;
  }
}
