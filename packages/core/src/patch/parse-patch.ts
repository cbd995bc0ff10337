import { err, ok, type Result } from "@codex/protocol/result";
import { marker, type Hunk, type HunkLine, type Operation, type Patch } from "./patch.ts";

/** Reads lines one after the other and knows where it is. `number` counts from 1, as the messages do. */
type Cursor = { readonly lines: readonly string[]; at: number };

/**
 * Reads the `*** Begin Patch` format. Blank lines around the patch, spaces around its headers, CRLF and a here-document
 * wrapped around the whole are accepted. The error is the sentence that the model reads; models know these sentences.
 */
export function parsePatch(text: string): Result<Patch, string> {
  const body = patchLines(text.trim().split(/\r?\n/));
  if (!body.ok) return body;
  const cursor: Cursor = { lines: body.value, at: 1 };
  const patch: Operation[] = [];
  while (cursor.at < cursor.lines.length - 1) {
    const operation = readOperation(cursor);
    if (!operation.ok) return operation;
    patch.push(operation.value);
  }
  return ok(patch);
}

/** The lines from the begin marker to the end marker. */
function patchLines(lines: readonly string[]): Result<readonly string[], string> {
  const inner = withoutHereDocument(lines);
  if (inner.at(0)?.trim() !== marker.begin)
    return err(`invalid patch: The first line of the patch must be '${marker.begin}'`);
  const closed = inner.length > 1 && inner.at(-1)?.trim() === marker.end;
  return closed ? ok(inner) : err(`invalid patch: The last line of the patch must be '${marker.end}'`);
}

/** Models wrap a patch as if for a shell; the delimiter they were taught is EOF. */
function withoutHereDocument(lines: readonly string[]): readonly string[] {
  const opened = /^<<(EOF|'EOF'|"EOF")$/.test(lines.at(0)?.trim() ?? "");
  return opened && lines.at(-1)?.trim() === "EOF" ? lines.slice(1, -1) : lines;
}

function readOperation(cursor: Cursor): Result<Operation, string> {
  const header = take(cursor).trim();
  if (header.startsWith(marker.add)) {
    return ok({ kind: "add", path: header.slice(marker.add.length).trim(), content: readContent(cursor) });
  }
  if (header.startsWith(marker.delete)) return ok({ kind: "delete", path: header.slice(marker.delete.length).trim() });
  if (header.startsWith(marker.update)) return readUpdate(cursor, header.slice(marker.update.length).trim());
  return invalid(
    cursor.at,
    `'${header}' is not a valid hunk header. Valid hunk headers: '${marker.add}{path}', '${marker.delete}{path}', '${marker.update}{path}'`,
  );
}

function readContent(cursor: Cursor): string {
  let content = "";
  while (peek(cursor)?.startsWith("+")) content += `${take(cursor).slice(1)}\n`;
  return content;
}

function readUpdate(cursor: Cursor, path: string): Result<Operation, string> {
  const headerAt = cursor.at;
  const next = peek(cursor)?.trim() ?? "";
  const moveTo = next.startsWith(marker.move) ? next.slice(marker.move.length).trim() : undefined;
  if (moveTo !== undefined) take(cursor);
  const hunks: Hunk[] = [];
  for (let line = peek(cursor); line !== undefined && !line.startsWith("***"); line = peek(cursor)) {
    if (line.trim() === "") {
      take(cursor);
      continue;
    }
    const hunk = readHunk(cursor, hunks.length === 0);
    if (!hunk.ok) return hunk;
    hunks.push(hunk.value);
  }
  if (hunks.length === 0) return invalid(headerAt, `Update file hunk for path '${path}' is empty`);
  return ok({ kind: "update", path, hunks, ...(moveTo === undefined ? {} : { moveTo }) });
}

/** Only a file's first hunk may do without `@@`. */
function readHunk(cursor: Cursor, first: boolean): Result<Hunk, string> {
  const contexts = readContexts(cursor);
  if (contexts === undefined && !first) {
    return invalid(
      cursor.at + 1,
      `Expected update hunk to start with a @@ context marker, got: '${peek(cursor) ?? ""}'`,
    );
  }
  const lines = readHunkLines(cursor);
  const next = peek(cursor);
  if (lines.length === 0) {
    const unexpected = next !== undefined && next !== marker.endOfFile;
    return invalid(cursor.at + 1, unexpected ? unexpectedLine(next) : "Update hunk does not contain any lines");
  }
  const endOfFile = next?.trimEnd() === marker.endOfFile;
  if (endOfFile) take(cursor);
  return ok({ contexts: contexts ?? [], lines, endOfFile });
}

const unexpectedLine = (line: string): string =>
  `Unexpected line found in update hunk: '${line}'. Every line should start with ' ' (context line), '+' (added line), or '-' (removed line)`;

/** The texts after one or several `@@` lines; undefined where there is no such line. */
function readContexts(cursor: Cursor): string[] | undefined {
  let contexts: string[] | undefined;
  for (let line = peek(cursor); line !== undefined; line = peek(cursor)) {
    const bare = line.trimEnd() === marker.context;
    if (!bare && !line.startsWith(`${marker.context} `)) break;
    contexts = [...(contexts ?? []), ...(bare ? [] : [line.slice(marker.context.length + 1)])];
    take(cursor);
  }
  return contexts;
}

function readHunkLines(cursor: Cursor): HunkLine[] {
  const lines: HunkLine[] = [];
  for (let line = peek(cursor); line !== undefined; line = peek(cursor)) {
    const parsed = hunkLine(line);
    if (parsed === undefined) break;
    lines.push(parsed);
    take(cursor);
  }
  return lines;
}

/** An empty line is an empty context line whose space was lost on the way. */
function hunkLine(line: string): HunkLine | undefined {
  if (line === "") return { mark: " ", text: "" };
  const mark = line[0];
  return mark === " " || mark === "-" || mark === "+" ? { mark, text: line.slice(1) } : undefined;
}

/** The next line, undefined at the end marker. */
const peek = (cursor: Cursor): string | undefined =>
  cursor.at < cursor.lines.length - 1 ? cursor.lines[cursor.at] : undefined;

function take(cursor: Cursor): string {
  const line = cursor.lines[cursor.at] ?? "";
  cursor.at += 1;
  return line;
}

const invalid = (line: number, why: string): Result<never, string> => err(`invalid hunk at line ${line}, ${why}`);
