import type { ServerRequestParams, ServerRequestResults } from "@codex/protocol/approvals";
import { newId } from "@codex/platform/ids";
import type { UserInput } from "@codex/protocol/items";
import type { ThreadEvent } from "@codex/protocol/notifications";
import { isApproval, type ThreadQuestion } from "../audience.ts";
import { additionalContext } from "../context/additional-context.ts";
import { buildRequest } from "../context/build-request.ts";
import { turnContext } from "../context/context-changes.ts";
import { mentionedSkills, skillMessage } from "../context/mentioned-skills.ts";
import { userMessage, type PreparedInput } from "../context/user-input.ts";
import { makeRoom } from "../compact/make-room.ts";
import type { Question } from "../review-approval/review-action.ts";
import type { Verdicts } from "../review-approval/too-many-denials.ts";
import type { ToolContext } from "../tools/define-tool.ts";
import { runTurn } from "../turn/run-turn.ts";
import { splitPlan } from "../turn/split-plan.ts";
import type { TurnEnd } from "../turn/turn.ts";
import type { ConductDeps } from "./conduct-deps.ts";
import { contextFiles, gatherFacts } from "./gather-facts.ts";
import type { OpenTurn, Steer } from "./open-turn.ts";
import { prepareInput } from "./prepare-input.ts";
import { settingsRecords } from "./settings-records.ts";

/** Tells the model what it must know, gives it the input and what was said since, and runs the loop. */
export async function answerInput(turn: OpenTurn, input: PreparedInput, deps: ConductDeps): Promise<TurnEnd> {
  const full = await makeRoom(turn, "pre_turn", deps);
  await tellContext(turn, input, deps);
  if (full) return full;
  await takeSteers(turn);
  const end = await loop(turn, deps);
  // The next turn then begins with a summary.
  if (end.status === "failed" && end.error.codexErrorInfo === "contextWindowExceeded") deps.journal.markFull();
  return end;
}

/** Puts into the history what changed in the world since the model was last told, and then the input. */
async function tellContext(turn: OpenTurn, input: PreparedInput, deps: ConductDeps): Promise<void> {
  const { journal } = deps;
  if (turn.settings.trustedFiles) await (await import("./confirm-trust.ts")).confirmTrust(turn);
  const facts = await gatherFacts(turn.settings, { ...deps, now: deps.clock.now() });
  for (const message of facts.warnings) {
    turn.emit({ method: "warning", params: { threadId: turn.threadId, message } });
  }
  const context = turnContext(journal.worldState, facts.context, turn.stamp);
  turn.append(context.items);
  if (context.record) journal.keep({ type: "worldState", ...context.record });
  journal.worldState = context.state;
  for (const record of settingsRecords(turn)) journal.keep(record);
  const { wish } = turn;
  giveInput(turn, { input: wish.input, clientId: wish.clientUserMessageId, context: wish.context }, input);
  for (const skill of mentionedSkills(turn.wish.input, facts.skills)) {
    const message = await skillMessage(skill, contextFiles, turn.stamp);
    if (message) turn.append([message]);
  }
}

function giveInput(turn: OpenTurn, { input, clientId, context }: Said, prepared: PreparedInput): void {
  turn.append(additionalContext(context, turn.stamp));
  // A turn may begin without a word: clients let the model go on from what it knows.
  if (input.length === 0) return;
  turn.append([userMessage(prepared, turn.stamp)]);
  turn.show({ type: "userMessage", id: newId(), clientId, content: input.map(shown) });
}

/** With the fields that a client may leave out and a reader finds always. */
function shown(part: UserInput): UserInput {
  if (part.type === "text") return { text_elements: [], ...part };
  return part.type === "image" || part.type === "localImage"
    ? ({ detail: null, ...part } as unknown as UserInput)
    : part;
}

async function loop(turn: OpenTurn, deps: ConductDeps): Promise<TurnEnd> {
  const tools = deps.tools.startTurn(turn, askerFor(turn, deps));
  const sampling = deps.sampler.startTurn(turn);
  const { settings, wish } = turn;
  const tier = wish.serviceTier ?? settings.serviceTier;
  const place = { threadId: turn.threadId, turnId: turn.id };
  const split =
    settings.mode?.mode === "plan" ? splitPlan(place, () => deps.clock.now()) : (event: ThreadEvent) => [event];
  return runTurn(
    {
      id: turn.id,
      threadId: turn.threadId,
      signal: turn.signal,
      emit: (event) => {
        for (const told of split(event)) turn.emit(told);
      },
      append: (items) => turn.append(items),
      addUsage: (responseId, usage) => turn.addUsage(responseId, usage),
      tellUsage: () => turn.tellUsage(),
      takeSteers: () => takeSteers(turn),
      mayEnd: () => turn.stopHearing(),
      makeRoom: () => makeRoom(turn, "mid_turn", deps),
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
            ...(tier === undefined ? {} : { serviceTier: tier }),
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
  const verdicts: Verdicts = [];
  return async <M extends ThreadQuestion>(method: M, params: ServerRequestParams[M]) => {
    if (!isApproval(method)) return turn.ask(method, params);
    const { reviewApproval } = await import("../review-approval/review-approval.ts");
    const deps = { journal, sampler, verdicts, now: () => clock.now() };
    return reviewApproval({ method, params } as Question, turn, deps) as Promise<ServerRequestResults[M]>;
  };
}

type Said = Exclude<Steer, { items: unknown }>;

/** What came meanwhile becomes part of the turn, and how much it was; an image that is none is told as a warning. */
export async function takeSteers(turn: OpenTurn): Promise<number> {
  let taken = 0;
  for (const said of turn.takeSteers()) {
    if ("items" in said) {
      turn.append(said.items);
      taken++;
      continue;
    }
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
