/** The words of a line by the quoting of a shell, nothing else of a shell meant; undefined where a quote does not end. */
export function splitWords(line: string): string[] | undefined {
  const words: string[] = [];
  const pattern = /\s*((?:\\.|'[^']*'|"(?:\\.|[^"\\])*"|[^\s'"\\])+)|\s+$/sy;
  for (let at = 0; at < line.length; at = pattern.lastIndex) {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (found === null) return undefined;
    if (found[1] !== undefined) words.push(unquote(found[1]));
  }
  return words;
}

const unquote = (word: string): string =>
  [...word.matchAll(/\\(.)|'([^']*)'|"((?:\\.|[^"\\])*)"|([^'"\\])/gs)]
    .map(
      ([, escaped, single, double, bare]) => escaped ?? single ?? double?.replace(/\\(["\\$`])/gs, "$1") ?? bare ?? "",
    )
    .join("");
