import { basename } from "node:path";
import type { FuzzyFileSearchResult } from "@codex/protocol/fuzzy-files";
import type { Candidate } from "./candidate.ts";
import { parsePattern, type Pattern } from "./parse-pattern.ts";
import type { PatternWord } from "./pattern-word.ts";
import { matches, matchIndices, scoreMatch } from "./score-match.ts";

/** Results at most; source: the original. */
const mostResults = 50;
/** ms of ranking after which others get their turn. */
const turnLength = 8;
/** Candidates between two looks at the clock. */
const batch = 256;
/** What matches by its name is above all that matches by its path only, and a name that is the query above that. */
const tier = 65_536;

/**
 * The best matches, best first, those of one score in the order of their paths. An empty query finds nothing. Lets others have
 * their turn; undefined where `signal` aborted meanwhile. What is added to `candidates` meanwhile counts.
 */
export async function rankPaths(
  query: string,
  candidates: readonly Candidate[],
  signal: AbortSignal,
): Promise<FuzzyFileSearchResult[] | undefined> {
  if (query === "") return [];
  const pattern = parsePattern(query);
  const best: Ranked[] = [];
  let began = performance.now();
  for (let i = 0; i < candidates.length; i++) {
    if (i % batch === batch - 1 && performance.now() - began > turnLength) {
      await new Promise((resolve) => setImmediate(resolve));
      if (signal.aborted) return undefined;
      began = performance.now();
    }
    const candidate = candidates[i];
    if (!candidate) continue;
    const floor = best.length < mostResults ? 0 : (best.at(-1)?.score ?? 0);
    const score = scorePath(pattern, candidate, floor);
    if (score !== undefined) keepIfBetter(best, { score, candidate });
  }
  return signal.aborted ? undefined : best.map((ranked) => resultOf(pattern, ranked));
}

type Ranked = { readonly score: number; readonly candidate: Candidate };

/**
 * Undefined where it does not match, or cannot score as much as `floor`. Where the name matches, the match in the name is what
 * counts.
 */
function scorePath({ words, name: word, most }: Pattern, candidate: Candidate, floor: number): number | undefined {
  const level = word ? levelOf(word, candidate) : 0;
  // To find the best way to match is the dear part.
  if (clamp(most) + tier * level < floor) return undefined;
  if (word && level > 0) return clamp(scoreMatch(word, candidate.name) ?? 0) + tier * level;
  let sum = 0;
  for (const each of words) {
    if (each.inverted) {
      if (matches(each, candidate.text)) return undefined;
      continue;
    }
    const score = scoreMatch(each, candidate.text);
    if (score === undefined) return undefined;
    sum += score;
  }
  return clamp(sum);
}

const clamp = (score: number): number => Math.min(score, tier - 1);

/** 0 where the match is not one of the name. */
function levelOf(word: PatternWord, { name, kind }: Candidate): 0 | 1 | 2 | 3 {
  if ((word.ignoresAccents ? name.plain : name.lower) === word.text) return kind === "file" ? 3 : 2;
  return kind === "file" && matches(word, name) ? 1 : 0;
}

const isBetter = (a: Ranked, b: Ranked): boolean =>
  a.score === b.score ? a.candidate.path < b.candidate.path : a.score > b.score;

function keepIfBetter(best: Ranked[], ranked: Ranked): void {
  const last = best.at(-1);
  if (best.length >= mostResults && last && !isBetter(ranked, last)) return;
  let [from, to] = [0, best.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = best[middle];
    if (other && isBetter(ranked, other)) to = middle;
    else from = middle + 1;
  }
  best.splice(from, 0, ranked);
  if (best.length > mostResults) best.pop();
}

function resultOf(pattern: Pattern, { score, candidate }: Ranked): FuzzyFileSearchResult {
  const { root, path, kind } = candidate;
  return { root, path, match_type: kind, file_name: basename(path), score, indices: indicesOf(pattern, candidate) };
}

function indicesOf({ words, name: word }: Pattern, candidate: Candidate): number[] {
  const { text, name } = candidate;
  if (word && levelOf(word, candidate) > 0) {
    const start = text.shape.length - name.shape.length;
    return matchIndices(word, name).map((place) => start + place);
  }
  const places = words.filter(({ inverted }) => !inverted).flatMap((each) => matchIndices(each, text));
  return [...new Set(places)].sort((a, b) => a - b);
}
