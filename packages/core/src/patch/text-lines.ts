/** A line of a file and how it ends: "\n", "\r\n", or "" for a last line without an ending. */
export type Line = { readonly text: string; readonly ending: string };

/** A file's text, taken apart so that it can be put together byte for byte. */
export type TextLines = { readonly byteOrderMark: string; readonly lines: readonly Line[] };

const byteOrderMark = "\uFEFF";

export function splitText(text: string): TextLines {
  const marked = text.startsWith(byteOrderMark);
  const lines: Line[] = [];
  for (let start = marked ? 1 : 0; start < text.length;) {
    const feed = text.indexOf("\n", start);
    if (feed === -1) {
      lines.push({ text: text.slice(start), ending: "" });
      break;
    }
    const crlf = feed > start && text[feed - 1] === "\r";
    lines.push({ text: text.slice(start, crlf ? feed - 1 : feed), ending: crlf ? "\r\n" : "\n" });
    start = feed + 1;
  }
  return { byteOrderMark: marked ? byteOrderMark : "", lines };
}

/** What a new line of the file ends in: what its first line ends in. */
export const ownEnding = (lines: readonly Line[]): string => lines[0]?.ending || "\n";
