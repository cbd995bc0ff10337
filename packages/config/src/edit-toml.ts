import { err, ok, type Result } from "@codex/protocol/result";
import { formatPath, isTable, nest, type ConfigTable, type ConfigValue } from "./config-value.ts";
import { formatSection, formatValue } from "./format-toml.ts";
import { mergeTables } from "./merge-layers.ts";
import { parseToml } from "./parse-toml.ts";
import { samePath, startsWith, tomlEntries, type TomlEntry } from "./toml-entries.ts";

/** Set `path` to `value`, a table replacing what was there as a whole; undefined removes it. */
export type TomlEdit = { readonly path: readonly string[]; readonly value: ConfigValue | undefined };

/** Why a document could not be edited: one sentence. */
export type EditProblem = string;

/**
 * The text after the edits. Comments, order, blank lines and every other value stay as they are. The outcome is parsed
 * and compared with what the edit asks for; where the two differ, the edit fails and nothing is lost.
 */
export function editToml(text: string, edits: readonly TomlEdit[]): Result<string, EditProblem> {
  let edited = text;
  for (const edit of edits) {
    const next = editOnce(edited, edit);
    if (!next.ok) return next;
    edited = next.value;
  }
  return ok(edited);
}

function editOnce(text: string, edit: TomlEdit): Result<string, EditProblem> {
  const before = parseToml(text);
  if (!before.ok) return err(`line ${before.error.line}: ${before.error.message}`);
  if (edit.path.length === 0) return err("no key was named");
  const edited = edit.value === undefined ? ok(removeAll(text, edit.path)) : setValue(text, edit.path, edit.value);
  if (!edited.ok) return edited;
  const after = parseToml(edited.value);
  if (after.ok && Bun.deepEquals(prune(after.value), prune(expected(before.value, edit)))) return edited;
  return err(`\`${formatPath(edit.path)}\` cannot be changed without disturbing the rest of the file`);
}

/** Without empty tables: removing a table's last key may or may not leave its header. */
function prune(table: ConfigTable): ConfigTable {
  const entries = Object.entries(table).map(([key, value]) => [key, isTable(value) ? prune(value) : value] as const);
  return Object.fromEntries(entries.filter(([, value]) => !isTable(value) || Object.keys(value).length > 0));
}

function expected(table: ConfigTable, { path, value }: TomlEdit): ConfigTable {
  const cleared = without(table, path);
  return value === undefined ? cleared : mergeTables(cleared, nest(path, value) as ConfigTable);
}

function without(table: ConfigTable, [key, ...rest]: readonly string[]): ConfigTable {
  const entries = Object.entries(table).flatMap(([name, value]): [string, ConfigValue][] => {
    if (name !== key) return [[name, value]];
    return rest.length > 0 ? [[name, isTable(value) ? without(value, rest) : value]] : [];
  });
  return Object.fromEntries(entries);
}

function setValue(text: string, path: readonly string[], value: ConfigValue): Result<string, EditProblem> {
  const entries = tomlEntries(text);
  const exact = entries.find((entry) => entry.kind === "value" && samePath(entry.path, path));
  if (exact?.kind === "value") return ok(splice(text, exact.value.range[0], exact.value.range[1], formatValue(value)));
  // What is there in pieces (headers, dotted keys) is taken out first.
  const cleared = entries.some((entry) => startsWith(entry.path, path)) ? removeAll(text, path) : text;
  return insert(cleared, path, value);
}

/** Adds a path that is not there, in the place where its nearest parent lives. */
function insert(text: string, path: readonly string[], value: ConfigValue): Result<string, EditProblem> {
  const entries = tomlEntries(text);
  for (let depth = path.length - 1; depth > 0; depth--) {
    const parent = path.slice(0, depth);
    const place = placeOf(entries, parent);
    if (place === undefined) continue;
    if (place.kind === "closed") return err(`\`${formatPath(parent)}\` is ${place.what}, not a table`);
    if (place.kind === "inline") return ok(insertInline(text, place.span, path.slice(depth), value));
    if (place.kind === "dotted") return ok(insertDotted(text, place.last, path, value));
    if (depth < path.length - 1 || isTable(value)) break;
    return ok(insertLine(text, place.last.span[1], path.slice(-1), value));
  }
  if (isTable(value)) return ok(append(text, formatSection(path, value)));
  if (path.length === 1) return ok(insertAtRoot(text, entries, path, value));
  return ok(append(text, [`[${formatPath(path.slice(0, -1))}]`, assignment(path.slice(-1), value)]));
}

type Place =
  | { readonly kind: "closed"; readonly what: string }
  | { readonly kind: "inline"; readonly span: readonly [number, number] }
  | { readonly kind: "dotted"; readonly last: TomlEntry }
  | { readonly kind: "section"; readonly last: TomlEntry };

/** How the document says a table; undefined where it does not, or only by the headers of tables inside it. */
function placeOf(entries: readonly TomlEntry[], path: readonly string[]): Place | undefined {
  const value = entries.find((entry) => entry.kind === "value" && samePath(entry.path, path));
  if (value?.kind === "value") {
    if (value.value.type === "TOMLInlineTable") return { kind: "inline", span: value.value.range };
    return { kind: "closed", what: value.value.type === "TOMLArray" ? "an array" : "a plain value" };
  }
  const inner = entries.filter((entry) => startsWith(entry.path, path));
  if (inner.some((entry) => typeof entry.path[path.length] === "number"))
    return { kind: "closed", what: "an array of tables" };
  const dotted = inner.findLast((entry) => entry.kind === "value" && container(entry).length < path.length);
  // A dotted key inside an inline table belongs to that table, which is looked at next.
  if (dotted?.kind === "value" && dotted.inside === "table") return { kind: "dotted", last: dotted };
  const header = inner.find((entry) => entry.kind === "header" && samePath(entry.path, path));
  const last = entries.findLast(
    (entry) => entry.kind === "value" && entry.inside === "table" && samePath(container(entry), path),
  );
  return header && { kind: "section", last: last ?? header };
}

/** The table an entry is written in. */
const container = (entry: TomlEntry): readonly (string | number)[] =>
  entry.path.slice(0, entry.path.length - entry.keys.length);

const assignment = (keys: readonly string[], value: ConfigValue): string =>
  `${formatPath(keys)} = ${formatValue(value)}`;

function insertInline(
  text: string,
  [start, end]: readonly [number, number],
  keys: readonly string[],
  value: ConfigValue,
): string {
  const inside = text.slice(start + 1, end - 1).trimEnd();
  const comma = inside.trim() === "" ? " " : inside.endsWith(",") ? " " : ", ";
  return splice(text, start + 1 + inside.length, end - 1, `${comma}${assignment(keys, value)} `);
}

function insertDotted(text: string, sibling: TomlEntry, path: readonly string[], value: ConfigValue): string {
  return insertLine(text, sibling.span[1], path.slice(container(sibling).length), value);
}

/** A new line after the one that `offset` is on. */
function insertLine(text: string, offset: number, keys: readonly string[], value: ConfigValue): string {
  const newline = text.indexOf("\n", offset);
  const line = assignment(keys, value);
  return newline === -1
    ? `${text}${eol(text)}${line}${eol(text)}`
    : splice(text, newline + 1, newline + 1, `${line}${eol(text)}`);
}

/** After the last key of the root; else before the first header and the comment right above it. */
function insertAtRoot(
  text: string,
  entries: readonly TomlEntry[],
  keys: readonly string[],
  value: ConfigValue,
): string {
  const last = entries.findLast(
    (entry) => entry.kind === "value" && entry.inside === "table" && container(entry).length === 0,
  );
  if (last !== undefined) return insertLine(text, last.span[1], keys, value);
  const header = entries.find((entry) => entry.kind === "header");
  if (header === undefined) return append(text, [assignment(keys, value)], "");
  const at = commentBlockAbove(text, header.span[0]);
  return splice(text, at, at, `${assignment(keys, value)}${eol(text)}${eol(text)}`);
}

/** Where the unbroken lines of comment that end above `offset`'s line begin; that line's own start without any. */
function commentBlockAbove(text: string, offset: number): number {
  let start = text.lastIndexOf("\n", offset - 1) + 1;
  while (start > 0) {
    const above = text.lastIndexOf("\n", start - 2) + 1;
    if (!/^[ \t]*#/.test(text.slice(above, start))) break;
    start = above;
  }
  return start;
}

function append(text: string, lines: readonly string[], gap = eol(text)): string {
  const newline = eol(text);
  const closed = text === "" || text.endsWith("\n") ? text : text + newline;
  return `${closed}${text.trim() === "" ? "" : gap}${lines.join(newline)}${newline}`;
}

/** Takes out a path and all below it, from the end, so that no key ever stands under another's header. */
function removeAll(text: string, path: readonly string[]): string {
  const entries = tomlEntries(text).filter((entry) => startsWith(entry.path, path));
  const target = entries.findLast((entry) => entry.kind === "header" || entry.inside === "table") ?? entries.at(-1);
  if (target === undefined) return text;
  const inline = target.kind === "value" && target.inside === "inline";
  return removeAll(inline ? removeInline(text, target.span) : removeLine(text, target.span), path);
}

/** The line goes, unless a comment shares it: that stays, on a line of its own. */
function removeLine(text: string, [start, end]: readonly [number, number]): string {
  const lineStart = text.lastIndexOf("\n", start - 1) + 1;
  const newline = text.indexOf("\n", end);
  const lineEnd = newline === -1 ? text.length : newline + 1;
  const rest = text.slice(end, lineEnd);
  return rest.trim() === ""
    ? splice(text, lineStart, lineEnd, "")
    : splice(text, lineStart, end + rest.indexOf("#"), "");
}

/** One comma goes with the pair: the one after it, else the one before. */
function removeInline(text: string, [start, end]: readonly [number, number]): string {
  const after = /^\s*,\s*/.exec(text.slice(end));
  if (after !== null) return splice(text, start, end + after[0].length, "");
  const before = /\s*,\s*$/.exec(text.slice(0, start));
  return splice(text, start - (before?.[0].length ?? 0), end, "");
}

const splice = (text: string, start: number, end: number, replacement: string): string =>
  text.slice(0, start) + replacement + text.slice(end);

const eol = (text: string): string => (text.includes("\r\n") ? "\r\n" : "\n");
