import { isObject, type JsonValue } from "@codex/protocol/json";

/** One place in which two observations differ. `undefined` is a side that has nothing there. */
export type Difference = { at: string; ours: JsonValue | undefined; original: JsonValue | undefined };

/**
 * The differences of two observations, each as deep as it can be told. `at` is a path of keys and indices, with `~1` for a
 * slash within a key. Lists are aligned first: an entry that only one side has is one difference and does not shift the
 * others. Indices are the original's; an entry only of ours has its own behind a `+`.
 */
export function compare(ours: JsonValue | undefined, original: JsonValue | undefined, at = ""): Difference[] {
  if (same(ours, original)) return [];
  if (Array.isArray(ours) && Array.isArray(original)) {
    return align(ours, original).flatMap(([left, right]) =>
      compare(pick(ours, left), pick(original, right), join(at, right === undefined ? `+${left}` : String(right))),
    );
  }
  if (isObject(ours) && isObject(original)) {
    const keys = new Set([...Object.keys(original), ...Object.keys(ours)]);
    return [...keys].flatMap((key) => compare(own(ours, key), own(original, key), join(at, key.replaceAll("/", "~1"))));
  }
  return [{ at, ours, original }];
}

const join = (at: string, key: string): string => (at === "" ? key : `${at}/${key}`);

const pick = (list: JsonValue[], index: number | undefined): JsonValue | undefined =>
  index === undefined ? undefined : list[index];

const own = (object: Record<string, unknown>, key: string): JsonValue | undefined =>
  Object.hasOwn(object, key) ? (object[key] as JsonValue) : undefined;

const same = (a: JsonValue | undefined, b: JsonValue | undefined): boolean => Bun.deepEquals(a, b, true);

type Pair = [ours: number | undefined, original: number | undefined];

/** Pairs equal entries as far as order allows, then, between two such pairs, entries of the same kind. */
function align(ours: JsonValue[], original: JsonValue[]): Pair[] {
  const equal = commonPairs(ours, original, same);
  const pairs: Pair[] = [];
  let [left, right] = [0, 0];
  for (const [nextLeft, nextRight] of [...equal, [ours.length, original.length] as const]) {
    pairs.push(...pairByKind(ours, original, [left, nextLeft], [right, nextRight]));
    if (nextLeft < ours.length && nextRight < original.length) pairs.push([nextLeft, nextRight]);
    [left, right] = [nextLeft + 1, nextRight + 1];
  }
  return pairs;
}

type Range = [from: number, to: number];

function pairByKind(ours: JsonValue[], original: JsonValue[], left: Range, right: Range): Pair[] {
  const alike = commonPairs(ours.slice(...left), original.slice(...right), (a, b) => kindOf(a) === kindOf(b));
  const leftOf = new Map(alike.map(([a, b]) => [right[0] + b, left[0] + a]));
  const paired = new Set(leftOf.values());
  const fromOriginal = range(right).map((index): Pair => [leftOf.get(index), index]);
  const onlyOurs = range(left).filter((index) => !paired.has(index));
  return [...fromOriginal, ...onlyOurs.map((index): Pair => [index, undefined])];
}

const range = ([from, to]: Range): number[] => Array.from({ length: to - from }, (_, index) => from + index);

/** What an entry is, apart from its content: two texts are alike, an item only with one of its type and role. */
function kindOf(value: JsonValue | undefined): string {
  if (!isObject(value)) return typeof value;
  const inner = isObject(value["item"]) ? kindOf(value["item"] as JsonValue) : "";
  return [value["type"], value["role"], inner].filter((part) => typeof part === "string").join(" ");
}

/** A longest common subsequence, as pairs of indices. */
function commonPairs(
  a: JsonValue[],
  b: JsonValue[],
  fits: (a: JsonValue | undefined, b: JsonValue | undefined) => boolean,
): [number, number][] {
  const lengths = Array.from({ length: a.length + 1 }, () => new Uint16Array(b.length + 1));
  const length = (i: number, j: number): number => lengths[i]?.[j] ?? 0;
  for (let i = a.length - 1; i >= 0; i--) {
    for (let j = b.length - 1; j >= 0; j--) {
      const longest = fits(a[i], b[j]) ? length(i + 1, j + 1) + 1 : Math.max(length(i + 1, j), length(i, j + 1));
      lengths[i]?.fill(longest, j, j + 1);
    }
  }
  const pairs: [number, number][] = [];
  for (let i = 0, j = 0; i < a.length && j < b.length;) {
    if (fits(a[i], b[j])) pairs.push([i++, j++]);
    else if (length(i + 1, j) >= length(i, j + 1)) i++;
    else j++;
  }
  return pairs;
}
