import type { Position } from "./parse-toml.ts";
import { startsWith, tomlEntries, type Span, type TomlEntry } from "./toml-entries.ts";
import type { ConfigPath } from "./validate.ts";

/**
 * Where a document says a path: its key, or its value. Undefined where the parser used for places rejects the text.
 * Loaded only when there is something to complain about: the parser costs more than a whole load.
 */
export function locate(text: string, path: ConfigPath, at: "key" | "value"): Position | undefined {
  const span = spanOf(text, path, at);
  return span && position(text, span);
}

function spanOf(text: string, path: ConfigPath, at: "key" | "value"): Span | undefined {
  const entries = entriesOf(text);
  const deepest = nearestEntry(entries, path);
  if (deepest === undefined) return undefined;
  if (deepest.kind === "value" && at === "value" && deepest.path.length <= path.length) return valueSpan(deepest, path);
  return keySpan(deepest, path);
}

/** The entry of the path itself; else the first below it; else the deepest above it. */
function nearestEntry(entries: readonly TomlEntry[], path: ConfigPath): TomlEntry | undefined {
  const exact = entries.find((entry) => entry.path.length === path.length && startsWith(entry.path, path));
  if (exact !== undefined) return exact;
  const below = entries.find((entry) => startsWith(entry.path, path));
  if (below !== undefined) return below;
  const above = entries.filter((entry) => startsWith(path, entry.path));
  return above.toSorted((a, b) => b.path.length - a.path.length)[0];
}

/** Inside an array the element that the path's next index names. */
function valueSpan(entry: TomlEntry & { kind: "value" }, path: ConfigPath): Span {
  const index = path[entry.path.length];
  const element =
    entry.value.type === "TOMLArray" && typeof index === "number" ? entry.value.elements[index] : undefined;
  return (element ?? entry.value).range;
}

/** The segment of the entry's key that stands for the path's last one. */
function keySpan(entry: TomlEntry, path: ConfigPath): Span {
  const beyond = Math.max(0, entry.path.length - path.length);
  return entry.keys[Math.max(0, entry.keys.length - 1 - beyond)] ?? entry.span;
}

function entriesOf(text: string): TomlEntry[] {
  try {
    return tomlEntries(text);
  } catch {
    return [];
  }
}

/** A span that runs over several lines is underlined to the end of its first. */
function position(text: string, [start, end]: Span): Position {
  const before = text.slice(0, start).split("\n");
  const firstLine = text.slice(start, end).split(/\r?\n/)[0] ?? "";
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1, length: Math.max(1, firstLine.length) };
}
