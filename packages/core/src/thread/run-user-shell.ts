import { newId } from "@codex/platform/ids";
import type { ResponseItem } from "@codex/protocol/responses";
import { contextMessage, textPart } from "../context/context-message.ts";
import type { UserCommandEnd } from "../exec-session/run-user-command.ts";
import type { ConductDeps } from "./conduct-deps.ts";
import type { OpenTurn } from "./open-turn.ts";

/** Runs the user's own command and gives what the model is to know of it. */
export async function runUserShell(
  turn: OpenTurn,
  { command, timeoutMs }: { command: string; timeoutMs: number },
  deps: ConductDeps,
): Promise<ResponseItem[]> {
  const end = await deps.tools.runUserCommand(turn, { command, timeoutMs, itemId: newId() });
  return [contextMessage("user", [textPart("shell.user_command", describe(command, end))], turn.stamp)];
}

/** The tags and labels are those that models know; source: requests of the original 0.169.0. */
const describe = (command: string, { exitCode, seconds, output }: UserCommandEnd): string =>
  [
    "<user_shell_command>",
    "<command>",
    command,
    "</command>",
    "<result>",
    `Exit code: ${exitCode}`,
    `Duration: ${seconds.toFixed(4)} seconds`,
    "Output:",
    output,
    "</result>",
    "</user_shell_command>",
  ].join("\n");
