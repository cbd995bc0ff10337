import type { MessageItem } from "@codex/protocol/responses";
import { contextMessage, textPart, type Stamp } from "./context-message.ts";

const text = `<turn_aborted>
The user interrupted the turn before this one. Tools and commands that were running have been stopped and may have done only part of their work: look before you build on it.
</turn_aborted>`;

/** Ends the history of an interrupted turn, so that the model does not take its half-done work for finished. */
export const turnAborted = (stamp: Stamp): MessageItem =>
  contextMessage("user", [textPart("generic.turn_aborted", text)], stamp);
