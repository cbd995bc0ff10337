import { newId } from "@codex/platform/ids";
import type { ResponseItem } from "@codex/protocol/responses";
import type { TurnError } from "@codex/protocol/thread";
import { buildRequest } from "../context/build-request.ts";
import { contextMessage, textPart } from "../context/context-message.ts";
import { initialContext } from "../context/initial-context.ts";
import { worldState } from "../context/world-state.ts";
import type { ConductDeps } from "../thread/conduct-deps.ts";
import { gatherFacts } from "../thread/gather-facts.ts";
import type { OpenTurn } from "../thread/open-turn.ts";
import { settingsRecords } from "../thread/settings-records.ts";
import { itemCompleted, itemStarted } from "../turn/item-events.ts";
import { abortedEnd } from "../turn/run-turn.ts";
import { turnError } from "../turn/turn-error.ts";
import type { TurnEnd } from "../turn/turn.ts";
import { askForSummary } from "./ask-for-summary.ts";
import checkpoint from "./checkpoint.md" with { type: "text" };
import { keptMessages } from "./kept-messages.ts";
import heading from "./summary-heading.md" with { type: "text" };

/** Who wanted it, and when; for the service. */
export type CompactionCause = { trigger: "manual"; reason: "user_requested" } | AutoCause;
type AutoCause = { trigger: "auto"; reason: "context_limit"; phase: "pre_turn" | "mid_turn" };

/** How often a summary is asked for with less and less of the history, where all of it is too much for the model. */
const mostTries = 6;

/**
 * Replaces the history by the context as it is now, the user's own messages and a summary that the model writes. Shown as an
 * item, also where it fails; the history then stays as it was.
 */
export async function compactThread(turn: OpenTurn, cause: CompactionCause, deps: ConductDeps): Promise<TurnEnd> {
  const item = { type: "contextCompaction", id: newId() } as const;
  const startedAtMs = deps.clock.now();
  const place = { threadId: turn.threadId, turnId: turn.id };
  turn.emit(itemStarted(item, place, startedAtMs));
  try {
    const summary = await summarize(turn, cause, deps);
    if (turn.signal.aborted) return abortedEnd(turn.signal.reason);
    if (!summary.ok) {
      turn.emit({ method: "error", params: { ...place, error: summary.error, willRetry: false } });
      return { status: "failed", error: summary.error };
    }
    await replaceHistory(turn, summary.text, cause, deps);
    return { status: "completed" };
  } finally {
    turn.emit(itemCompleted(item, place, { startedAtMs, completedAtMs: deps.clock.now() }));
  }
}

type Summary = { ok: true; text: string } | { ok: false; error: TurnError };

async function summarize(turn: OpenTurn, cause: CompactionCause, deps: ConductDeps): Promise<Summary> {
  const compaction = { ...cause, implementation: "responses", strategy: "memento" };
  const sampling = deps.sampler.startTurn(turn, { compaction });
  // No part of the history, hence without an id.
  const { id: _, ...wish } = contextMessage("user", [textPart("compaction.summary", checkpoint.trim())], turn.stamp);
  let history = deps.journal.history;
  for (let tries = 1; ; tries++) {
    const answer = await askForSummary(turn, sampling, () => request(turn, [...history, wish], sampling));
    if (answer.ok) return answer.text === "" ? { ok: false, error: turnError(noSummary) } : answer;
    if (answer.error.codexErrorInfo !== "contextWindowExceeded" || tries >= mostTries || history.length < 2)
      return answer;
    history = history.slice(Math.ceil(history.length / 3));
  }
}

const noSummary = "The model wrote no summary, so the conversation stays as it is.";

function request(
  turn: OpenTurn,
  history: readonly ResponseItem[],
  sampling: { clientMetadata: Record<string, string> },
) {
  const { settings } = turn;
  const body = buildRequest({
    threadId: turn.threadId,
    baseInstructions: settings.baseInstructions,
    history,
    tools: [],
    model: settings.model,
    settings: {
      ...(settings.effort === undefined ? {} : { reasoningEffort: settings.effort }),
      ...(settings.summary === undefined ? {} : { reasoningSummary: settings.summary }),
      ...(settings.verbosity === undefined ? {} : { verbosity: settings.verbosity }),
      ...(settings.serviceTier === undefined ? {} : { serviceTier: settings.serviceTier }),
    },
    sendItemMetadata: settings.provider.isOpenAi,
    clientMetadata: sampling.clientMetadata,
  });
  return { ...body, parallel_tool_calls: false };
}

/** In the middle of a turn the fresh context stands before the prompt that is being worked on. */
async function replaceHistory(
  turn: OpenTurn,
  summary: string,
  cause: CompactionCause,
  { journal, clock, ...world }: ConductDeps,
): Promise<void> {
  const facts = await gatherFacts(turn.settings, { ...world, now: clock.now() });
  const context = initialContext(facts.context, turn.stamp);
  const kept = keptMessages(journal.history);
  const text = `${heading.trim()}\n${summary}`;
  const last = contextMessage("user", [textPart("compaction.summary", text)], turn.stamp);
  const atEnd = cause.trigger === "auto" && cause.phase === "mid_turn";
  const messages = atEnd ? [...kept.slice(0, -1), ...context, ...kept.slice(-1)] : [...context, ...kept];
  journal.replaceHistory([...messages, last], text);
  const known = worldState(facts.context);
  journal.keep({ type: "worldState", full: true, state: known });
  journal.worldState = known;
  for (const record of settingsRecords(turn)) journal.keep(record);
  turn.tellUsage();
  turn.tellEstimate();
}
