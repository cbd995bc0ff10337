import type { Scenario } from "./scenario.ts";
import { commands } from "./scenarios/commands.ts";
import { failures } from "./scenarios/failures.ts";
import { messages } from "./scenarios/messages.ts";
import { patches } from "./scenarios/patches.ts";
import { prompts } from "./scenarios/prompts.ts";
import { ruleScenarios } from "./scenarios/rules.ts";
import { sandboxes } from "./scenarios/sandboxes.ts";
import { sessions } from "./scenarios/sessions.ts";
import { settings } from "./scenarios/settings.ts";
import { toolCalls } from "./scenarios/tool-calls.ts";

/** All that is played side by side. Names are unique: parity.yaml goes by them. */
export const scenarios: readonly Scenario[] = [
  ...messages,
  ...commands,
  ...toolCalls,
  ...patches,
  ...failures,
  ...prompts,
  ...settings,
  ...sandboxes,
  ...ruleScenarios,
  ...sessions,
];
