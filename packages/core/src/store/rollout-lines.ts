import type { Result } from "@codex/protocol/result";
import { parseLine } from "./codec.ts";
import type { RolloutLine } from "./rollout-line.ts";

/**
 * The lines of a rollout's bytes. `skip` is asked for each by its kind, taken from the line's beginning where that has the
 * usual shape, so that what is not needed is never parsed: most of a long file.
 */
export function* rolloutLines(
  bytes: Buffer,
  skip: (kind: string) => boolean = () => false,
): Generator<Result<RolloutLine, "damaged">> {
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(10, start);
    const end = newline === -1 ? bytes.length : newline;
    if (end > start && !skip(kindAt(bytes, start, end))) yield parseLine(bytes.toString("utf8", start, end));
    start = end + 1;
  }
}

/** Where each line of one kind begins, with the line; damaged ones are left out. */
export function* linesOfKind(bytes: Buffer, kind: string): Generator<{ start: number; line: RolloutLine }> {
  for (let start = 0; start < bytes.length;) {
    const newline = bytes.indexOf(10, start);
    const end = newline === -1 ? bytes.length : newline;
    const parsed =
      end > start && kindAt(bytes, start, end) === kind ? parseLine(bytes.toString("utf8", start, end)) : undefined;
    if (parsed?.ok) yield { start, line: parsed.value };
    start = end + 1;
  }
}

/** The last line of a kind, looked for from the end. */
export function lastOfKind(bytes: Buffer, kind: string): RolloutLine | undefined {
  for (let end = bytes.lastIndexOf(10); end > 0;) {
    const start = bytes.lastIndexOf(10, end - 1) + 1;
    const parsed = kindAt(bytes, start, end) === kind ? parseLine(bytes.toString("utf8", start, end)) : undefined;
    if (parsed?.ok) return parsed.value;
    end = start - 1;
  }
  return undefined;
}

/** "world_state", "event_msg/token_count", …; "" where only parsing can tell. */
function kindAt(bytes: Buffer, start: number, end: number): string {
  const [, type, event] = beginning.exec(bytes.toString("latin1", start, Math.min(end, start + 160))) ?? [];
  if (type === undefined) return "";
  return type === "event_msg" ? `event_msg/${event ?? ""}` : type;
}

const beginning =
  /^\{"timestamp":"[^"]{1,40}",(?:"ordinal":\d+,)?"type":"([a-z_]+)","payload":\{(?:"type":"([a-z_]+)")?/;

/** The first line, whole. */
export function firstLine(bytes: Buffer): Result<RolloutLine, "damaged"> | undefined {
  const end = bytes.indexOf(10);
  return end === -1 ? undefined : parseLine(bytes.toString("utf8", 0, end));
}

/**
 * The place behind the last whole line, and that line's ordinal: where a fork may begin. A line that is being written, or
 * was torn, is not counted.
 */
export function lastWholeLine(bytes: Buffer): { end: number; ordinal: number | undefined } {
  for (let end = bytes.lastIndexOf(10) + 1; end > 0;) {
    const start = end < 2 ? 0 : bytes.lastIndexOf(10, end - 2) + 1;
    const line = parseLine(bytes.toString("utf8", start, end - 1));
    if (line.ok) return { end, ordinal: line.value.ordinal };
    end = start;
  }
  return { end: 0, ordinal: undefined };
}

/** The ordinal of the last line that can be read, one whose newline was torn off included. */
export function lastOrdinal(bytes: Buffer): number | undefined {
  const tail = parseLine(bytes.toString("utf8", bytes.lastIndexOf(10) + 1));
  return tail.ok ? tail.value.ordinal : lastWholeLine(bytes).ordinal;
}
