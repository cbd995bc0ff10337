import type { CodexError } from "@codex/protocol/errors";
import type { FileProblem } from "@codex/platform/read-file";

/** The session could not be saved or read, in the words of a person. */
export const fileError = (doing: string, { path, reason }: FileProblem): CodexError => ({
  code: "internal",
  message: `Could not ${doing} the session file ${path}: ${reason}.`,
});

export const threadNotFound = (message: string): CodexError => ({ code: "threadNotFound", message });
