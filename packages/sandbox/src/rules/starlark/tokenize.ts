import { readString } from "./read-string.ts";
import { StarlarkError, type Span } from "./starlark-error.ts";

/** `text` is what was written, for a string its value. `format`: the unread content of an f-string. */
export type Token = Span & {
  readonly kind: "name" | "keyword" | "int" | "string" | "format" | "symbol" | "newline" | "indent" | "dedent" | "end";
  readonly text: string;
};

const keywords = new Set(
  "and or not in if elif else for def return lambda pass break continue True False None".split(" "),
);
const reserved = new Set(
  "as assert async await class del except finally from global import is nonlocal raise try while with yield".split(" "),
);

const blank = /(?:[ \t]|\\\r?\n)+/y;
const comment = /#[^\n]*/y;
const lineBreak = /\r?\n/y;
const number = /0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+|\d+/y;
const name = /[A-Za-z_]\w*/y;
const symbol = /\*\*|\/\/=|\/\/|[-+*%=!<>]=|[-+*%=<>()[\]{},:;.]/y;
const string = /(?:rf|fr|[rf])?("""|'''|"|')/y;

/** The words of a program, with its indentation as tokens. Source: the Starlark language specification. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  const indents = [0];
  let open = 0;
  let lineBegins = true;
  for (let at = 0; at < source.length;) {
    if (lineBegins) {
      const line = indentAt(source, at);
      at = line.end;
      lineBegins = false;
      if (line.isBlank) continue;
      tokens.push(...changeIndent(indents, line));
      continue;
    }
    const token = tokenAt(source, at, open);
    at = token.end;
    if (token.kind === "blank") continue;
    if (token.text === "(" || token.text === "[" || token.text === "{") open += token.kind === "symbol" ? 1 : 0;
    if (token.text === ")" || token.text === "]" || token.text === "}") open -= token.kind === "symbol" ? 1 : 0;
    lineBegins = token.kind === "newline";
    const isEmptyLine = lineBegins && (tokens.at(-1)?.kind ?? "newline") === "newline";
    if (!isEmptyLine) tokens.push({ ...token, kind: token.kind });
  }
  const last = source.trimEnd().length;
  const end = { text: "", start: last, end: last };
  if (tokens.length > 0 && tokens.at(-1)?.kind !== "newline") tokens.push({ kind: "newline", ...end });
  return [...tokens, ...indents.slice(1).map(() => ({ kind: "dedent" as const, ...end })), { kind: "end", ...end }];
}

type Line = Span & { readonly width: number; readonly isBlank: boolean };

/** How far a line is indented; a tab reaches to the next eighth column. Lines without code do not count. */
function indentAt(source: string, start: number): Line {
  let width = 0;
  let end = start;
  for (; source[end] === " " || source[end] === "\t"; end++) width = source[end] === "\t" ? (width | 7) + 1 : width + 1;
  const isBlank = end >= source.length || ["#", "\n", "\r"].includes(source[end] ?? "");
  return { start, end, width, isBlank };
}

function changeIndent(indents: number[], { start, end, width }: Line): Token[] {
  const token = (kind: "indent" | "dedent"): Token => ({ kind, text: "", start, end });
  if (width > (indents.at(-1) ?? 0)) {
    indents.push(width);
    return [token("indent")];
  }
  const closed: Token[] = [];
  while (width < (indents.at(-1) ?? 0)) {
    indents.pop();
    closed.push(token("dedent"));
  }
  if (width !== indents.at(-1)) throw new StarlarkError("Parse error: incorrect indentation", { start, end });
  return closed;
}

type Piece = Span & { readonly kind: Token["kind"] | "blank"; readonly text: string };

/** `open`: how many brackets are open; in them a line break is a blank. */
function tokenAt(source: string, start: number, open: number): Piece {
  const piece = (kind: Piece["kind"], pattern: RegExp): Piece | undefined => {
    pattern.lastIndex = start;
    const found = pattern.exec(source)?.[0];
    return found === undefined ? undefined : { kind, text: found, start, end: start + found.length };
  };
  const found =
    piece("blank", blank) ??
    piece("blank", comment) ??
    piece(open > 0 ? "blank" : "newline", lineBreak) ??
    stringAt(source, start) ??
    piece("int", number) ??
    wordAt(piece("name", name)) ??
    piece("symbol", symbol);
  if (found !== undefined) return found;
  const at = { start, end: start + 1 };
  throw new StarlarkError(`Parse error: invalid input \`${source[start] ?? ""}\``, at);
}

function stringAt(source: string, start: number): Piece | undefined {
  string.lastIndex = start;
  const opening = string.exec(source);
  if (opening === null) return undefined;
  const [head, quote = ""] = opening;
  const { text, end } = readString(source, start, { from: start + head.length, quote, raw: head.includes("r") });
  return { kind: head.includes("f") ? "format" : "string", text, start, end };
}

function wordAt(word: Piece | undefined): Piece | undefined {
  if (word !== undefined && reserved.has(word.text)) {
    throw new StarlarkError(`Parse error: cannot use reserved keyword \`${word.text}\``, word);
  }
  return word !== undefined && keywords.has(word.text) ? { ...word, kind: "keyword" } : word;
}
