import { StarlarkError } from "./starlark-error.ts";

type Opening = { readonly from: number; readonly quote: string; readonly raw: boolean };

const escapes: Record<string, string> = { n: "\n", t: "\t", r: "\r", "\\": "\\", "'": "'", '"': '"', "\n": "" };

const numbered = /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3}))/y;

/** The value of a string literal that begins at `start`, and where it ends. An escape that nobody knows stays as it is. */
export function readString(source: string, start: number, opening: Opening): { text: string; end: number } {
  const { from, quote, raw } = opening;
  let text = "";
  for (let at = from; at < source.length;) {
    if (source.startsWith(quote, at)) return { text, end: at + quote.length };
    if (source[at] === "\n" && quote.length === 1) break;
    const piece = source[at] === "\\" ? escapeAt(source, at, raw) : { text: source[at] ?? "", length: 1 };
    text += piece.text;
    at += piece.length;
  }
  throw new StarlarkError("Parse error: unfinished string literal", { start, end: from });
}

function escapeAt(source: string, at: number, raw: boolean): { text: string; length: number } {
  const escaped = source[at + 1] ?? "";
  if (raw) return { text: `\\${escaped}`, length: 2 };
  numbered.lastIndex = at;
  const found = numbered.exec(source);
  if (found === null) return { text: escapes[escaped] ?? `\\${escaped}`, length: 2 };
  const [whole, byte, short, long, octal] = found;
  const code = octal === undefined ? parseInt(byte ?? short ?? long ?? "", 16) : parseInt(octal, 8);
  const span = { start: at, end: at + whole.length };
  if (code > 0x10ffff) throw new StarlarkError("Parse error: invalid string escape sequence", span);
  return { text: String.fromCodePoint(code), length: whole.length };
}
