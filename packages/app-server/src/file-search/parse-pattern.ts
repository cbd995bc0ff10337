import { foldText } from "./fold-text.ts";
import type { PatternWord } from "./pattern-word.ts";
import { mostScore } from "./score-match.ts";

export type Pattern = {
  readonly words: readonly PatternWord[];
  /** The query where it is one ordinary word, whose match in a file's name counts more than one in its path. */
  readonly name: PatternWord | undefined;
  /** No match scores more. */
  readonly most: number;
};

/**
 * What people write: words in any order, each of which must match; `'text` as it is written, `^text` at the beginning, `text$` at
 * the end, `!text` not at all; a backslash before a blank or one of these makes it ordinary. The same rules as the original's.
 */
export function parsePattern(query: string): Pattern {
  const words = query
    .trim()
    .split(/(?<!\\)\s+/u)
    .map(parseWord)
    .filter(({ text }) => text !== "");
  const [only] = words;
  const isOrdinary = words.length === 1 && !/[\s\\!^'$]/u.test(query.trim());
  const most = words.reduce((sum, word) => sum + (word.inverted ? 0 : mostScore(word.text)), 0);
  return { words, name: isOrdinary ? only : undefined, most };
}

function parseWord(written: string): PatternWord {
  const inverted = written.startsWith("!");
  const rest = inverted ? written.slice(1) : written.replace(/^\\(?=!)/, "");
  const anchored = rest.startsWith("^");
  const quoted = rest.startsWith("'");
  const unmarked = anchored || quoted ? rest.slice(1) : rest.replace(/^\\(?=[\^'])/, "");
  const ended = unmarked.endsWith("$") && !unmarked.endsWith("\\$");
  const text = (ended ? unmarked.slice(0, -1) : unmarked.replace(/\\\$$/, "$")).replaceAll(/\\(?=\s)/g, "");
  const { lower, plain } = foldText(text);
  return {
    kind: kindOf({ anchored, quoted, ended, inverted }),
    inverted,
    text: lower,
    ignoresAccents: lower === plain,
  };
}

type Marks = { anchored: boolean; quoted: boolean; ended: boolean; inverted: boolean };

function kindOf({ anchored, quoted, ended, inverted }: Marks): PatternWord["kind"] {
  if (ended) return anchored || quoted ? "exact" : "suffix";
  if (anchored) return "prefix";
  return quoted || inverted ? "substring" : "fuzzy";
}
