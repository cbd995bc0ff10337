import { randomHex } from "@codex/platform/ids";
import type { ToolContext, ToolOutcome } from "../tools/define-tool.ts";
import type { ExecSession } from "./exec-session.ts";
import type { ExecSessions } from "./exec-sessions.ts";
import { outputBudget, outputText } from "./output-text.ts";

/** What the model is told of a session: what it has printed since the last time, and its end, which is told once. */
export function reportSession(
  session: ExecSession,
  { wallMs, maxOutputTokens }: { wallMs: number; maxOutputTokens: number | undefined },
  context: ToolContext,
  sessions: ExecSessions,
): ToolOutcome {
  const { exitCode, id } = session;
  if (exitCode !== undefined) sessions.release(session);
  const report = {
    chunkId: randomHex(6),
    wallMs,
    state: exitCode === undefined ? { sessionId: id } : { exitCode },
    output: session.takeUnread(),
  };
  const forModel = outputText(report, outputBudget(context.truncation, maxOutputTokens));
  return { ok: exitCode === undefined || exitCode === 0, forModel };
}
