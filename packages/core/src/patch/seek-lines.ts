/** How two lines may differ and still be the same, strictest first: models lose blanks and write typewriter quotes. */
const readings: readonly ((line: string) => string)[] = [
  (line) => line,
  (line) => line.trimEnd(),
  (line) => line.trim(),
  (line) => plainTypography(line.trim()),
];

const plainTypography = (line: string): string =>
  line
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[\u2018-\u201B]/g, "'")
    .replace(/[\u201C-\u201F]/g, '"')
    .replace(/[\u00A0\u2002-\u200A\u202F\u205F\u3000]/g, " ");

/** Finds lines in one file; what it has computed of the file serves the next search. */
export type Seek = (wanted: readonly string[], from: number, atEnd: boolean) => number | undefined;

/**
 * Makes the search over a file's lines: the index of the first place at or after `from` where `wanted` stands, in the
 * strictest reading that has one. With `atEnd` only the file's last lines count. Nothing wanted is found at `from`.
 */
export function seekIn(lines: readonly string[]): Seek {
  const read: (readonly string[])[] = [lines];
  return (wanted, from, atEnd) => {
    const last = lines.length - wanted.length;
    const first = atEnd ? Math.max(from, last) : from;
    if (first > last) return undefined;
    for (const [level, reading] of readings.entries()) {
      const haystack = (read[level] ??= lines.map(reading));
      const at = indexOfLines(haystack, wanted.map(reading), first, last);
      if (at !== undefined) return at;
    }
    return undefined;
  };
}

function indexOfLines(
  lines: readonly string[],
  wanted: readonly string[],
  first: number,
  last: number,
): number | undefined {
  for (let at = first; at <= last; at++) {
    if (wanted.every((text, offset) => lines[at + offset] === text)) return at;
  }
  return undefined;
}
