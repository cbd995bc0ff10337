/**
 * The display form of a command's words, as a shell takes them: `/bin/bash -lc 'echo 1'`. Programs compare it with what the
 * original shows, so it follows the same scheme: each word is cut into the fewest pieces that are bare, in single quotes or
 * in double quotes, preferring them in this order.
 */
export const shellQuote = (words: readonly string[]): string => words.map(quoteWord).join(" ");

function quoteWord(word: string): string {
  if (word === "") return "''";
  let quoted = "";
  for (let rest = word; rest !== "";) {
    const piece = longestPiece(rest);
    quoted += piece.quoted;
    rest = rest.slice(piece.length);
  }
  return quoted;
}

type Style = { readonly allows: RegExp; quote(text: string): string };

/** Characters beyond ASCII always go in quotes. `^` is special to old shells unless it begins a quoted piece. */
const styles: readonly Style[] = [
  { allows: /^[-+./:@\]_0-9A-Za-z]+/, quote: (text) => text },
  { allows: /^\^?[^'\\^]*/, quote: (text) => `'${text}'` },
  { allows: /^[^`$!^]+/, quote: (text) => `"${text.replace(/["\\]/g, "\\$&")}"` },
];

/** The first style that reaches furthest. */
function longestPiece(text: string): { readonly length: number; readonly quoted: string } {
  const pieces = styles.map(({ allows, quote }) => {
    const piece = allows.exec(text)?.[0] ?? "";
    return { length: piece.length, quoted: quote(piece) };
  });
  return pieces.reduce((best, piece) => (piece.length > best.length ? piece : best));
}

/** The words of a line that `shellQuote` made; undefined for any other line, which then has no one reading. */
export function quotedWords(line: string): string[] | undefined {
  const words = [...line.matchAll(word)].map(([whole]) => unquote(whole.replace(/ $/, "")));
  return shellQuote(words) === line ? words : undefined;
}

const word = /(?:[^\s'"]+|'[^']*'|"(?:\\.|[^"\\])*")+(?: |$)/gs;

const unquote = (text: string): string =>
  [...text.matchAll(/'([^']*)'|"((?:\\.|[^"\\])*)"|([^'"]+)/gs)]
    .map(([, single, double, bare]) => single ?? double?.replace(/\\(.)/gs, "$1") ?? bare ?? "")
    .join("");
