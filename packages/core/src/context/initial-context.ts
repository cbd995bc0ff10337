import type { MessageItem } from "@codex/protocol/responses";
import { agentsMdText } from "./agents-md-text.ts";
import { modeParts } from "./collaboration-mode.ts";
import { contextMessage, textPart, type Stamp } from "./context-message.ts";
import { environmentContext } from "./environment-context.ts";
import { permissionsInstructions } from "./permissions.ts";
import { skillsInstructions } from "./skills-instructions.ts";
import { worldState, type ContextFacts } from "./world-state.ts";

/**
 * What stands in a history before the first prompt (and again after a compaction): one developer message, one user
 * message. The base instructions are no part of it: each request puts them in front.
 */
export function initialContext(facts: ContextFacts, stamp: Stamp): MessageItem[] {
  const { developerInstructions, skills, agentsMd } = facts;
  return [
    contextMessage(
      "developer",
      [
        ...(developerInstructions === undefined || developerInstructions === ""
          ? []
          : [textPart("generic.developer_instructions", developerInstructions)]),
        ...(skills === undefined ? [] : [textPart("host_skills.instructions", skillsInstructions(skills))]),
        textPart("permissions.instructions", permissionsInstructions(facts)),
        ...modeParts(facts),
      ],
      stamp,
    ),
    contextMessage(
      "user",
      [
        ...(agentsMd?.text === undefined ? [] : [textPart("agents_md.instructions", agentsMdText(agentsMd))]),
        textPart("environments.environment_context", environmentContext(worldState(facts).environments)),
      ],
      stamp,
    ),
  ];
}
