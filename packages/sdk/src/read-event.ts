import { CodexError } from "./codex-error.ts";
import type { ThreadEvent } from "./thread-event.ts";

const shownLength = 200;

/** The event of a line. Throws where the line is no JSON object with a `type`. */
export function readEvent(line: string): ThreadEvent {
  const value = parse(line);
  if (typeof value === "object" && value !== null && "type" in value && typeof value.type === "string")
    return withCacheWrites(value as ThreadEvent);
  const shown = line.length > shownLength ? `${line.slice(0, shownLength)}…` : line;
  throw new CodexError("malformed_line", `Codex printed a line that is no event: ${shown}`);
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

/** Older programs leave `cache_write_input_tokens` out. */
function withCacheWrites(event: ThreadEvent): ThreadEvent {
  if (event.type !== "turn.completed" || !event.usage) return event;
  return { ...event, usage: { ...event.usage, cache_write_input_tokens: event.usage.cache_write_input_tokens ?? 0 } };
}
