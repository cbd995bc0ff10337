/**
 * A text made comparable: one UTF-16 unit for each code point, so that positions are those that people count. `plain` is set
 * where taking the accents off gives something else.
 */
export type FoldedText = {
  /** As written. */
  readonly shape: string;
  /** In lower case. */
  readonly lower: string;
  /** In lower case, without accents. */
  readonly plain: string;
};

export function foldText(text: string): FoldedText {
  // The usual case, and twenty times as fast.
  if (isAscii(text)) {
    const lower = text.toLowerCase();
    return { shape: text, lower, plain: lower };
  }
  const points = Array.from(text, oneUnit);
  const lower = points.map((point) => oneUnit(point.toLowerCase()));
  return { shape: points.join(""), lower: lower.join(""), plain: lower.map(withoutAccent).join("") };
}

// oxlint-disable-next-line no-control-regex -- NUL to DEL is what ASCII is
const isAscii = (text: string): boolean => /^[\0-\x7f]*$/.test(text);

/** What lies beyond one unit, or grows by a change of case, only has to stay different from letters. */
const oneUnit = (text: string): string => (text.length === 1 ? text : (other[text] ?? "\uFFFD"));

/** Grows to two code points in lower case. */
const other: Readonly<Record<string, string>> = { "i\u0307": "i" };

function withoutAccent(letter: string): string {
  const [base = letter] = letter.normalize("NFD");
  return /^[a-z]$/.test(base) ? base : letter;
}
