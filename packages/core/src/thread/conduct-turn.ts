import type { Environment } from "@codex/platform/env";
import type { Clock } from "@codex/platform/clock";
import { newId } from "@codex/platform/ids";
import { isApproval, type ThreadQuestion } from "../audience.ts";
import type { Question } from "../review-approval/review-action.ts";
import type { ServerRequestParams, ServerRequestResults } from "@codex/protocol/approvals";
import { turnContext } from "../context/context-changes.ts";
import { buildRequest } from "../context/build-request.ts";
import { mentionedSkills, skillMessage } from "../context/mentioned-skills.ts";
import { turnAborted } from "../context/turn-aborted.ts";
import { userMessage, type PreparedInput } from "../context/user-input.ts";
import type { ToolContext } from "../tools/define-tool.ts";
import type { ToolKit } from "../tools/tool-kit.ts";
import { abortedEnd, runTurn } from "../turn/run-turn.ts";
import { turnError } from "../turn/turn-error.ts";
import type { TurnEnd } from "../turn/turn.ts";
import { contextFiles, gatherFacts } from "./gather-facts.ts";
import type { Journal } from "./journal.ts";
import type { OpenTurn, Steer } from "./open-turn.ts";
import { prepareInput } from "./prepare-input.ts";
import type { Sampler } from "./sampler.ts";
import { settingsRecords } from "./settings-records.ts";

export type ConductDeps = {
  readonly clock: Clock;
  readonly journal: Journal;
  readonly codexHome: string;
  readonly env: Environment;
  /** Absolute path of the user's shell. */
  readonly shell: string;
  readonly sampler: Sampler;
  readonly tools: ToolKit;
};

/**
 * A turn from its first event to its last: tells the model what it must know, gives it the input, runs the loop. Never
 * rejects: whatever happens, the turn has ended and the faces know how.
 */
export async function conductTurn(turn: OpenTurn, input: PreparedInput, deps: ConductDeps): Promise<TurnEnd> {
  let end: TurnEnd;
  try {
    turn.emit({ method: "turn/started", params: { threadId: turn.threadId, turn: turn.summary() } });
    await tellContext(turn, input, deps);
    end = await loop(turn, deps);
  } catch (error) {
    const message = `Something went wrong inside Codex: ${error instanceof Error ? error.message : String(error)}`;
    end = turn.signal.aborted ? abortedEnd(turn.signal.reason) : { status: "failed", error: turnError(message) };
  }
  // What was said too late for this turn stands in the history for the next.
  while (!turn.stopHearing()) await takeSteers(turn);
  if (end.status === "interrupted") turn.append([turnAborted(turn.stamp)]);
  return end;
}

/** Puts into the history what changed in the world since the model was last told, and then the input. */
async function tellContext(turn: OpenTurn, input: PreparedInput, deps: ConductDeps): Promise<void> {
  const { journal } = deps;
  const facts = await gatherFacts(turn.settings, { ...deps, now: deps.clock.now() });
  for (const message of facts.warnings) {
    turn.emit({ method: "warning", params: { threadId: turn.threadId, message } });
  }
  const context = turnContext(journal.worldState, facts.context, turn.stamp);
  turn.append(context.items);
  if (context.record) journal.keep({ type: "worldState", ...context.record });
  journal.worldState = context.state;
  for (const record of settingsRecords(turn)) journal.keep(record);
  giveInput(turn, { input: turn.wish.input, clientId: turn.wish.clientUserMessageId }, input);
  for (const skill of mentionedSkills(turn.wish.input, facts.skills)) {
    const message = await skillMessage(skill, contextFiles, turn.stamp);
    if (message) turn.append([message]);
  }
}

function giveInput(turn: OpenTurn, { input, clientId }: Steer, prepared: PreparedInput): void {
  // A turn may begin without a word: clients let the model go on from what it knows.
  if (input.length === 0) return;
  turn.append([userMessage(prepared, turn.stamp)]);
  const content = input.map((part) => (part.type === "text" ? { text_elements: [], ...part } : part));
  turn.show({ type: "userMessage", id: newId(), clientId, content });
}

async function loop(turn: OpenTurn, deps: ConductDeps): Promise<TurnEnd> {
  const tools = deps.tools.startTurn(turn, askerFor(turn, deps));
  const sampling = deps.sampler.startTurn(turn);
  const { settings, wish } = turn;
  return runTurn(
    {
      id: turn.id,
      threadId: turn.threadId,
      signal: turn.signal,
      emit: (event) => turn.emit(event),
      append: (items) => turn.append(items),
      addUsage: (responseId, usage) => turn.addUsage(responseId, usage),
      tellUsage: () => turn.tellUsage(),
      takeSteers: () => takeSteers(turn),
      mayEnd: () => turn.stopHearing(),
      request: () =>
        buildRequest({
          threadId: turn.threadId,
          baseInstructions: settings.baseInstructions,
          history: deps.journal.history,
          tools: tools.specs,
          model: settings.model,
          settings: {
            ...(settings.effort === undefined ? {} : { reasoningEffort: settings.effort }),
            ...(settings.summary === undefined ? {} : { reasoningSummary: settings.summary }),
            ...(settings.verbosity === undefined ? {} : { verbosity: settings.verbosity }),
            ...(settings.serviceTier === undefined ? {} : { serviceTier: settings.serviceTier }),
            ...(wish.outputSchema === undefined ? {} : { outputSchema: wish.outputSchema }),
          },
          sendItemMetadata: settings.provider.isOpenAi,
          clientMetadata: sampling.clientMetadata,
        }),
    },
    { clock: deps.clock, model: sampling, tools },
  );
}

/** The reviewer is loaded with the first question it gets. */
function askerFor(turn: OpenTurn, { journal, sampler, clock }: ConductDeps): ToolContext["ask"] {
  if (turn.settings.reviewer === "user") return (method, params) => turn.ask(method, params);
  return async <M extends ThreadQuestion>(method: M, params: ServerRequestParams[M]) => {
    if (!isApproval(method)) return turn.ask(method, params);
    const { reviewApproval } = await import("../review-approval/review-approval.ts");
    const deps = { journal, sampler, now: () => clock.now() };
    return reviewApproval({ method, params } as Question, turn, deps) as Promise<ServerRequestResults[M]>;
  };
}

/** What the user said meanwhile becomes part of the turn; an image that is none is told as a warning. */
async function takeSteers(turn: OpenTurn): Promise<number> {
  let taken = 0;
  for (const said of turn.takeSteers()) {
    const prepared = await prepareInput(said.input, turn.settings);
    if (prepared.ok) {
      giveInput(turn, said, prepared.value);
      taken++;
    } else {
      turn.emit({ method: "warning", params: { threadId: turn.threadId, message: prepared.error.message } });
    }
  }
  return taken;
}
