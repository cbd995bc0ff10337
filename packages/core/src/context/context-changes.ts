import type { JsonObject } from "@codex/protocol/json";
import type { MessageItem } from "@codex/protocol/responses";
import { agentsMdChange } from "./agents-md-text.ts";
import { contextMessage, textPart, type ContextPart, type Stamp } from "./context-message.ts";
import { environmentContext, partialEnvironmentContext } from "./environment-context.ts";
import { modeParts } from "./collaboration-mode.ts";
import { initialContext } from "./initial-context.ts";
import { permissionsInstructions } from "./permissions.ts";
import { skillsChange } from "./skills-instructions.ts";
import { diffStates, worldState, type ContextFacts, type WorldState, type WorldStateRecord } from "./world-state.ts";

/** What a turn adds to the history before its prompt, and what to store of it. */
export type TurnContext = {
  readonly items: MessageItem[];
  /** The `world_state` line to store; undefined where nothing changed. */
  readonly record?: WorldStateRecord;
  /** What the model knows once it has read `items`. */
  readonly state: JsonObject;
};

/**
 * The context of a turn: everything on a thread's first turn, afterwards only what is no longer as the model was told.
 * An unchanged world adds nothing, which keeps the provider's prompt cache whole.
 */
export function turnContext(before: JsonObject | undefined, facts: ContextFacts, stamp: Stamp): TurnContext {
  const known = worldState(facts);
  if (before === undefined) {
    return { items: initialContext(facts, stamp), record: { full: true, state: known }, state: known };
  }
  // Sections that we do not write come from another version's rollout: they stay as they are.
  const state = { ...before, ...known };
  const patch = diffStates(before, state);
  if (patch === undefined) return { items: [], state: before };
  return { items: changes(before, known, facts, stamp), record: { full: false, state: patch }, state };
}

function changes(before: JsonObject, after: WorldState, facts: ContextFacts, stamp: Stamp): MessageItem[] {
  const changed = (section: keyof WorldState) => !Bun.deepEquals(before[section], after[section]);
  const message = (role: "developer" | "user", parts: ContextPart[]) =>
    parts.length === 0 ? [] : [contextMessage(role, parts, stamp)];
  return [
    ...message(
      "developer",
      modelName(before["model"]) === after.model
        ? []
        : [textPart("model_switch.instructions", modelSwitch(facts.baseInstructions))],
    ),
    ...message("developer", [
      ...(changed("host_skills") ? [textPart("host_skills.instructions", skillsChange(facts.skills))] : []),
      ...(changed("permissions") ? [textPart("permissions.instructions", permissionsInstructions(facts))] : []),
      ...(changed("collaboration_mode") ? modeParts(facts) : []),
    ]),
    ...message("user", [
      ...(changed("agents_md") ? [textPart("agents_md.instructions", agentsMdChange(after.agents_md))] : []),
      ...(changed("environments") ? [environmentChange(before["environments"], after)] : []),
    ]),
  ];
}

/** Some models store their name beside other things: `{model, instructions}`. */
const modelName = (section: JsonObject[string] | undefined): unknown =>
  typeof section === "object" && section !== null && !Array.isArray(section) ? section["model"] : section;

const modelSwitch = (instructions: string): string =>
  `<model_switch>\nAnother model has worked on this conversation until now. Carry on from here under these instructions:\n\n${instructions}\n</model_switch>`;

function environmentChange(before: JsonObject[string] | undefined, { environments }: WorldState): ContextPart {
  const samePlace =
    typeof before === "object" &&
    before !== null &&
    !Array.isArray(before) &&
    Bun.deepEquals(before["environments"], environments.environments);
  const text = samePlace ? partialEnvironmentContext(environments) : environmentContext(environments);
  return textPart("environments.environment_context", text);
}
