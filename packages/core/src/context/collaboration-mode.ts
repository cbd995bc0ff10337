import type { CollaborationMode } from "@codex/protocol/collaboration-mode";
import { textPart, type ContextPart } from "./context-message.ts";
import defaultMode from "./mode-default.md" with { type: "text" };
import planMode from "./mode-plan.md" with { type: "text" };
import type { ContextFacts } from "./world-state.ts";

/** What the mode asks of the model: the client's own words, else ours. */
export const modeInstructions = ({ mode, settings }: CollaborationMode): string =>
  settings.developer_instructions ?? (mode === "plan" ? planMode : defaultMode).trim();

/** The tags are those that models know; source: requests of the original 0.169.0. */
export const modeParts = ({ mode }: ContextFacts): ContextPart[] =>
  mode && mode.instructions !== ""
    ? [textPart("collaboration_mode.instructions", `<collaboration_mode>\n${mode.instructions}\n</collaboration_mode>`)]
    : [];
