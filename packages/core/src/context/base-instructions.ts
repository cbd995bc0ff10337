import type { MessageItem } from "@codex/protocol/responses";
import { stableId } from "@codex/platform/stable-id";
import ours from "./base-instructions.md" with { type: "text" };

/** What may stand in place of our own base instructions. */
export type InstructionSources = {
  /** Given for this thread by a client (`baseInstructions`). */
  readonly thread?: string;
  /** The text of the file that `model_instructions_file` names. */
  readonly file?: string;
  /** The configuration's `instructions`. */
  readonly config?: string;
};

/**
 * The text that opens every request: the thread's own, else the file's, else `instructions`, else ours. Each replaces
 * the next one whole. `developer_instructions` is no base: it is added beside it (see initial-context).
 */
export function baseInstructions(sources: InstructionSources): string {
  return (sources.thread ?? sources.file ?? sources.config ?? ours).trimEnd();
}

/** The first input item. It is built anew for each request and never stored, so its id must follow from the thread. */
export function baseInstructionsItem(threadId: string, text: string): MessageItem {
  return {
    type: "message",
    id: `msg_${stableId(`${threadId}/base-instructions`)}`,
    role: "developer",
    content: [{ type: "input_text", text }],
  };
}
