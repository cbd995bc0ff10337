import { stdio } from "@codex/platform/stdio";
import type { CodexError } from "@codex/protocol/errors";

/** One sentence on standard error, and the exit code. Some carry their own beginning, which programs look for. */
export function refuse({ message, code }: CodexError): number {
  stdio.err(message.startsWith("Error") || code === "usage" ? `${message}\n` : `Error: ${message}\n`);
  return 1;
}
