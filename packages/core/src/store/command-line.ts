/**
 * Faces get a command as one quoted line, rollouts hold its words. Quoting as the original's: words of safe characters
 * stand as they are, others in single quotes, those with a single quote in double quotes.
 */
export const quoteWords = (words: readonly string[]): string => words.map(quoteWord).join(" ");

function quoteWord(word: string): string {
  if (/^[\w@%+=:,./-]+$/.test(word)) return word;
  if (!word.includes("'")) return `'${word}'`;
  return `"${word.replace(/["\\$`]/g, "\\$&")}"`;
}

/** The words of a line that `quoteWords` made; undefined for any other line, which then has no one reading. */
export function wordsOf(line: string): string[] | undefined {
  const words = [...line.matchAll(/'([^']*)'|"((?:\\.|[^"\\])*)"|([^\s'"]+)/gs)].map(
    ([, single, double, bare]) => single ?? double?.replace(/\\(.)/gs, "$1") ?? bare ?? "",
  );
  return quoteWords(words) === line ? words : undefined;
}
