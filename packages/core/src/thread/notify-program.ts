import type { Environment } from "@codex/platform/env";
import { spawnDetached } from "@codex/platform/spawn-detached";
import type { OpenTurn } from "./open-turn.ts";

/**
 * Starts the user's `notify` program after a turn, with one JSON argument, and does not wait for it. A program that cannot be
 * started is the user's to notice: the turn has gone well.
 */
export function notifyProgram(turn: OpenTurn, client: string, env: Environment): void {
  const { notify } = turn.settings.config;
  if (notify === undefined || notify.length === 0) return;
  const message = {
    type: "agent-turn-complete",
    "thread-id": turn.threadId,
    "turn-id": turn.id,
    cwd: turn.settings.cwd,
    client,
    "input-messages": turn.wish.input.flatMap((part) => (part.type === "text" ? [part.text] : [])),
    "last-assistant-message": turn.lastMessage,
  };
  spawnDetached([...notify, JSON.stringify(message)], turn.settings.cwd, env);
}
