import { abortError, CodexError } from "./codex-error.ts";
import { readEvent } from "./read-event.ts";
import { type Exit, type Launch, type RunningCodex, startCodex } from "./start-codex.ts";
import type { ThreadEvent } from "./thread-event.ts";

/** How long a program whose turn is over may take to leave before it is ended. */
const leavingMs = 5000;

type TurnEnd = Extract<ThreadEvent, { type: "turn.completed" | "turn.failed" }>;

/**
 * Runs the program for one turn and gives its events as they are written. However this ends - the turn's end, a failure, an
 * abort, a reader that leaves the loop - the program is gone afterwards.
 */
export async function* streamTurn(launch: Launch, signal: AbortSignal | undefined): AsyncGenerator<ThreadEvent, void> {
  if (signal?.aborted) throw abortError(signal);
  const codex = await startCodex(launch);
  let end: TurnEnd | undefined;
  const onAbort = () => void codex.stop(0);
  signal?.addEventListener("abort", onAbort, { once: true });
  try {
    // It may have come while the program was started.
    if (signal?.aborted) throw abortError(signal);
    for await (const line of codex.lines) {
      // What an ending program still says about the turn, that it failed, is the abort's doing.
      if (signal?.aborted && !end) throw abortError(signal);
      if (line.trim() === "") continue;
      const event = readEvent(line);
      if (event.type === "turn.completed" || event.type === "turn.failed") end = event;
      yield event;
    }
    const problem = failure(await codex.exited, codex, end);
    if (problem) throw problem;
  } catch (error) {
    // An aborted program fails in many ways; none of them is news.
    throw signal?.aborted && !end ? abortError(signal) : error;
  } finally {
    signal?.removeEventListener("abort", onAbort);
    await codex.stop(end ? leavingMs : 0);
  }
}

/** What is wrong with the way a turn ended, or undefined. The turn's own error says more than the exit code after it. */
function failure({ code, signal }: Exit, { stderr }: RunningCodex, end: TurnEnd | undefined): CodexError | undefined {
  const details = { stderr: stderr.text(), ...(code === null ? {} : { exitCode: code }) };
  const because = stderr.lastLine() === "" ? "." : `: ${stderr.lastLine()}`;
  if (end?.type === "turn.failed") return new CodexError("turn_failed", end.error.message, details);
  if (signal !== null) return new CodexError("killed", `Codex was ended by ${signal}${because}`, details);
  if (code !== 0) return new CodexError("exited", `Codex exited with code ${code}${because}`, details);
  if (!end) return new CodexError("no_result", `Codex ended before the turn did${because}`, details);
  return undefined;
}
