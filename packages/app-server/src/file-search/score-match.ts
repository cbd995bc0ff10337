import type { FoldedText } from "./fold-text.ts";
import type { PatternWord } from "./pattern-word.ts";

/**
 * How well a word matches a path: Smith-Waterman with affine gaps, where beginnings of names and words count more. The numbers
 * are those that the original's answers show, so that results come in the same order.
 */
const perLetter = 16;
const gapStart = 3;
const gapMore = 1;
const boundary = 8;
const afterSlash = boundary + 1;
const camel = boundary - gapStart;
const inRow = gapStart + gapMore;
const firstLetterTwice = 2;

/** What no match of a text scores more than: all of it in a row at the beginning of a name. */
export const mostScore = (text: string): number =>
  text.length * (perLetter + afterSlash) + (firstLetterTwice - 1) * afterSlash;

/** The score, or undefined where the word does not match. */
export function scoreMatch(word: PatternWord, text: FoldedText): number | undefined {
  const searched = searchedOf(word, text);
  if (word.kind === "fuzzy") return fuzzyScore(word.text, searched, text.shape);
  const start = startOf(word, searched, text.shape);
  return start === undefined ? undefined : runScore(start, word.text.length, text.shape);
}

/** True where `scoreMatch` gives a score. */
export function matches(word: PatternWord, text: FoldedText): boolean {
  const searched = searchedOf(word, text);
  if (word.kind === "fuzzy") return standsInOrder(word.text, searched);
  return startOf(word, searched, text.shape) !== undefined;
}

/** Where the letters of a match are, ascending; empty where there is none. */
export function matchIndices(word: PatternWord, text: FoldedText): number[] {
  const searched = searchedOf(word, text);
  if (word.kind === "fuzzy") return fuzzyIndices(word.text, searched, text.shape);
  const start = startOf(word, searched, text.shape);
  return start === undefined ? [] : Array.from(word.text, (_, i) => start + i);
}

const searchedOf = (word: PatternWord, text: FoldedText): string => (word.ignoresAccents ? text.plain : text.lower);

function startOf({ kind, text }: PatternWord, searched: string, shape: string): number | undefined {
  switch (kind) {
    // Blanks around a path do not count.
    case "prefix": {
      const start = searched.length - searched.trimStart().length;
      return searched.startsWith(text, start) ? start : undefined;
    }
    case "suffix": {
      const end = searched.trimEnd().length;
      return searched.endsWith(text, end) ? end - text.length : undefined;
    }
    case "exact":
      return searched.trim() === text ? searched.length - searched.trimStart().length : undefined;
    case "substring":
    case "fuzzy":
      return bestStart(text, searched, shape);
  }
}

/** Of the places where the text stands, the first at the beginning of a word; else the first of those that begin best. */
function bestStart(text: string, searched: string, shape: string): number | undefined {
  let best: number | undefined;
  let bonus = -1;
  for (let at = searched.indexOf(text); at !== -1; at = searched.indexOf(text, at + 1)) {
    const here = bonusAt(shape, at);
    if (here > bonus) [best, bonus] = [at, here];
    if (here >= boundary) break;
  }
  return best;
}

function runScore(start: number, length: number, shape: string): number {
  let first = bonusAt(shape, start);
  let score = perLetter + first * firstLetterTwice;
  for (let at = start + 1; at < start + length; at++) {
    const bonus = bonusAt(shape, at);
    if (bonus >= boundary && bonus > first) first = bonus;
    score += perLetter + Math.max(bonus, first, inRow);
  }
  return score;
}

type Kind = "blank" | "sign" | "slash" | "lower" | "upper" | "letter" | "digit";

function kindOfUnit(unit: number): Kind {
  if (unit >= 97 && unit <= 122) return "lower";
  if (unit >= 65 && unit <= 90) return "upper";
  if (unit >= 48 && unit <= 57) return "digit";
  if (unit === 47) return "slash";
  if (unit < 128) return unit === 32 || (unit >= 9 && unit <= 13) ? "blank" : "sign";
  return kindBeyondAscii(String.fromCharCode(unit));
}

function kindBeyondAscii(letter: string): Kind {
  if (/\p{Ll}/u.test(letter)) return "lower";
  if (/\p{Lu}/u.test(letter)) return "upper";
  if (/\p{N}/u.test(letter)) return "digit";
  if (/\p{Alphabetic}/u.test(letter)) return "letter";
  return /\s/u.test(letter) ? "blank" : "sign";
}

function bonusAt(shape: string, at: number): number {
  const kind = kindOfUnit(shape.charCodeAt(at));
  const before = at === 0 ? "slash" : kindOfUnit(shape.charCodeAt(at - 1));
  if (kind !== "blank" && kind !== "sign" && kind !== "slash") {
    if (before === "slash") return afterSlash;
    if (before === "blank" || before === "sign") return boundary;
  }
  if ((before === "lower" && kind === "upper") || (before !== "digit" && kind === "digit")) return camel;
  return kind === "blank" || kind === "sign" ? boundary : 0;
}

function standsInOrder(text: string, searched: string): boolean {
  let at = -1;
  for (let letter = 0; letter < text.length; letter++) {
    at = searched.indexOf(text.charAt(letter), at + 1);
    if (at === -1) return false;
  }
  return true;
}

/** The leftmost places where the letters of `text` stand in order. */
function firstPlaces(text: string, searched: string): number[] | undefined {
  const places: number[] = [];
  let at = -1;
  for (const letter of text) {
    at = searched.indexOf(letter, at + 1);
    if (at === -1) return undefined;
    places.push(at);
  }
  return places;
}

/** One letter's row: the best score of a match that ends at each place, and the bonus that a letter right after it inherits. */
type Row = { scores: Int32Array; inherited: Int32Array };
/** For the way back: whether the letter before is right before, and whether a gap begins at a match. */
type Trace = { joined: Uint8Array; opened: Uint8Array };

let rows: readonly [Row, Row] = [newRow(256), newRow(256)];

function newRow(length: number): Row {
  return { scores: new Int32Array(length), inherited: new Int32Array(length) };
}

function fuzzyScore(text: string, searched: string, shape: string): number | undefined {
  if (text.length === 1) {
    const start = bestStart(text, searched, shape);
    return start === undefined ? undefined : runScore(start, 1, shape);
  }
  if (!standsInOrder(text, searched)) return undefined;
  const places = firstPlaces(text, searched);
  return places && bestEnd(text, searched, shape, places).score;
}

function fuzzyIndices(text: string, searched: string, shape: string): number[] {
  if (text.length === 1) return [bestStart(text, searched, shape) ?? []].flat();
  const places = firstPlaces(text, searched);
  if (!places) return [];
  const traces: Trace[] = [];
  let { at } = bestEnd(text, searched, shape, places, traces);
  const found = [at];
  for (let letter = text.length - 1; letter > 0; letter--) {
    const joined = traces[letter]?.joined[at] === 1;
    at -= 1;
    if (!joined) {
      while (traces[letter]?.opened[at] === 0) at -= 1;
      at -= 1;
    }
    found.push(at);
  }
  return found.toReversed();
}

function bestEnd(
  text: string,
  searched: string,
  shape: string,
  places: readonly number[],
  traces?: Trace[],
): { score: number; at: number } {
  const { length } = searched;
  if (rows[0].scores.length < length) rows = [newRow(length * 2), newRow(length * 2)];
  let [row, previous] = rows;
  for (let letter = 0; letter < text.length; letter++) {
    [row, previous] = [previous, row];
    const unit = text.charCodeAt(letter);
    if (letter === 0) firstRow(row, unit, searched, shape, places[0] ?? 0);
    else {
      const trace = traces && { joined: new Uint8Array(length), opened: new Uint8Array(length) };
      if (trace && traces) traces[letter] = trace;
      nextRow(row, previous, unit, searched, shape, places[letter] ?? 0, places[letter - 1] ?? 0, trace);
    }
  }
  let best = { score: 0, at: -1 };
  for (let at = places.at(-1) ?? 0; at < length; at++) {
    const score = row.scores[at] ?? 0;
    // Of equals the last, as the original has it.
    if (score >= best.score) best = { score, at };
  }
  return best;
}

function firstRow(row: Row, unit: number, searched: string, shape: string, from: number): void {
  for (let at = from; at < searched.length; at++) {
    const bonus = searched.charCodeAt(at) === unit ? bonusAt(shape, at) : -1;
    row.scores[at] = bonus < 0 ? 0 : perLetter + bonus * firstLetterTwice;
    row.inherited[at] = Math.max(bonus, 0);
  }
}

/** `from` and `before`: the leftmost places of this letter and of the one before it; nothing to their left is a match. */
function nextRow(
  row: Row,
  previous: Row,
  unit: number,
  searched: string,
  shape: string,
  from: number,
  before: number,
  trace: Trace | undefined,
): void {
  // The best score of a match of the letters before that ended further left, less what the gap since then costs.
  let gap = 0;
  for (let at = before + 1; at < searched.length; at++) {
    // `gap` covers up to at - 1 here, the score at - 1 is of a match that ends right before.
    const joined = previous.scores[at - 1] ?? 0;
    if (at >= from) {
      if (searched.charCodeAt(at) === unit) {
        const bonus = bonusAt(shape, at);
        const handed = Math.max(previous.inherited[at - 1] ?? 0, inRow);
        const run = bonus >= boundary && bonus > handed ? bonus : handed;
        const withRun = joined === 0 ? -1 : joined + Math.max(run, bonus);
        const isJoined = withRun > gap + bonus;
        row.scores[at] = perLetter + (isJoined ? withRun : gap + bonus);
        row.inherited[at] = isJoined ? run : bonus;
        if (trace && isJoined) trace.joined[at] = 1;
      } else {
        row.scores[at] = 0;
        row.inherited[at] = 0;
      }
    }
    // A gap that takes in the letter at `at`.
    const opens = Math.max(joined - gapStart, 0);
    const goesOn = Math.max(gap - gapMore, 0);
    if (trace && opens > goesOn) trace.opened[at] = 1;
    gap = Math.max(opens, goesOn);
  }
}
