import { isObject, type JsonValue } from "@codex/protocol/json";

export type Mask = (text: string) => string;

/**
 * Replaces what differs from run to run: the given places, ids, times, versions, the ids of command sessions. An id keeps
 * its identity: each new one of a kind gets the next number, so that ids that are equal before are equal after, and others
 * are not.
 */
export function createMask(places: readonly (readonly [text: string, placeholder: string])[]): Mask {
  const number = createNumbering();
  const sessions = new Set<string>();
  return (text) => {
    let masked = text;
    for (const [place, placeholder] of places) masked = masked.replaceAll(place, placeholder);
    for (const [, session] of masked.matchAll(sessionAnnounced)) if (session !== undefined) sessions.add(session);
    for (const session of sessions) {
      masked = masked.replaceAll(new RegExp(`\\b${session}\\b`, "g"), () => number("session", session));
    }
    for (const [pattern, placeholder] of patterns) masked = masked.replaceAll(pattern, placeholder);
    return masked.replaceAll(identity, (id, prefix: string | undefined) => number(prefix ?? "uuid", id));
  };
}

/** Masks every text within a value, keys included. */
export function maskValue(value: JsonValue, mask: Mask): JsonValue {
  if (typeof value === "string") return mask(value);
  if (Array.isArray(value)) return value.map((entry) => maskValue(entry, mask));
  if (!isObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, entry]) => [mask(key), maskValue(entry, mask)]));
}

const sessionAnnounced = /session ID (\d+)/g;

// An id made by a client: a UUID, or one behind the prefix of its item.
const identity = /\b(?:([a-z]{2,5})_)?[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}\b/g;

const patterns: [RegExp, string][] = [
  [/\b\d{4}-\d\d-\d\dT[\d:.]+(?:Z|[+-]\d\d:\d\d)/g, "<time>"],
  [/\b\d{4}-\d\d-\d\d\b/g, "<date>"],
  [/Chunk ID: [0-9a-f]{6}/g, "Chunk ID: <chunk>"],
  [/Wall time: [\d.]+ seconds?/g, "Wall time: <s>"],
  [/(try again at )[^."]+/g, "$1<time>"],
  [/\b0\.169\.0\b/g, "<version>"],
];

/** `number("fco", id)` is `<fco 1>` for the first id of that kind, wherever it comes again. */
function createNumbering(): (kind: string, id: string) => string {
  const known = new Map<string, string>();
  const counts = new Map<string, number>();
  return (kind, id) => {
    const key = `${kind} ${id}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const count = (counts.get(kind) ?? 0) + 1;
    counts.set(kind, count);
    known.set(key, `<${kind} ${count}>`);
    return `<${kind} ${count}>`;
  };
}
