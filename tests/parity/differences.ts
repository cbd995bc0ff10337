import { join } from "node:path";
import type { JsonValue } from "@codex/protocol/json";
import { parse } from "yaml";
import type { Difference } from "./compare.ts";

/**
 * A deliberate difference of parity.yaml. `scenario` is a name, a list of names, or a pattern with `*`. Each place is a
 * path of `compare` in which `*` is any one key and `**` any keys, with what both sides have there; `…` in a text is any
 * text, and `(absent)` nothing at all. `sometimes` is for what one program does at times, by which of two things is faster:
 * it need not show.
 */
export type Listed = {
  scenario: string | string[];
  reason: string;
  sometimes?: true;
  places: { at: string; ours: JsonValue; original: JsonValue }[];
};

export async function readListed(file = join(import.meta.dir, "parity.yaml")): Promise<Listed[]> {
  const listed: unknown = parse(await Bun.file(file).text());
  if (!Array.isArray(listed)) throw new Error(`${file} is not a list`);
  for (const entry of listed) checkEntry(entry);
  return listed;
}

function checkEntry(entry: Partial<Listed> | null): void {
  const complete =
    entry?.scenario !== undefined &&
    typeof entry.reason === "string" &&
    entry.places?.every((place) => "at" in place && "ours" in place && "original" in place);
  if (!complete) throw new Error(`not a whole entry: ${JSON.stringify(entry)}`);
}

export type Judgement = {
  /** Differences that are listed for this scenario by name. */
  listed: Difference[];
  /** Differences that are listed for many scenarios by a pattern. */
  general: Difference[];
  unexpected: Difference[];
  /** Places listed by name that do not differ, as `placeKey` names them. */
  vanished: string[];
  /** Listed places that differ. */
  shown: Set<string>;
};

/** Sorts the differences of one scenario into listed and unexpected ones, and finds listed ones that do not show. */
export function judge(name: string, differences: readonly Difference[], entries: readonly Listed[]): Judgement {
  const mine = places(entries.filter((entry) => names(entry).includes(name)));
  const general = places(entries.filter((entry) => isGeneral(entry) && names(entry).some((glob) => fits(glob, name))));
  const explains = ({ place }: KeyedPlace, difference: Difference): boolean => placeFits(place, difference);
  const shown = [...mine, ...general].filter((keyed) => differences.some((difference) => explains(keyed, difference)));
  const keys = new Set(shown.map(({ key }) => key));
  const explained = (by: KeyedPlace[]) => (difference: Difference) => by.some((keyed) => explains(keyed, difference));
  const others = differences.filter((difference) => !explained(mine)(difference));
  return {
    listed: differences.filter(explained(mine)),
    general: others.filter(explained(general)),
    unexpected: others.filter((difference) => !explained(general)(difference)),
    vanished: mine.flatMap(({ key, sometimes }) => (sometimes || keys.has(key) ? [] : [key])),
    shown: keys,
  };
}

/** The places listed by a pattern: they must show in one scenario at least, not in each. */
export const generalPlaces = (entries: readonly Listed[]): string[] =>
  places(entries.filter((entry) => isGeneral(entry) && !entry.sometimes)).map(({ key }) => key);

/** The names of no scenario, or patterns that fit none: such an entry would never be looked at. */
export const strayNames = (entries: readonly Listed[], known: readonly string[]): string[] =>
  entries.flatMap(names).filter((name) => !known.some((scenario) => fits(name, scenario)));

type Place = Listed["places"][number];
type KeyedPlace = { place: Place; key: string; sometimes: boolean };

const places = (entries: readonly Listed[]): KeyedPlace[] =>
  entries.flatMap((entry) =>
    entry.places.map((place) => ({ place, key: placeKey(entry, place), sometimes: entry.sometimes === true })),
  );

const placeKey = (entry: Listed, place: Place): string =>
  `${names(entry).join(", ")}: ${place.at}: ${asText(place.ours)} | ${asText(place.original)}`;

const names = (entry: Listed): string[] => (Array.isArray(entry.scenario) ? entry.scenario : [entry.scenario]);

const isGeneral = (entry: Listed): boolean => names(entry).some((name) => name.includes("*"));

const fits = (pattern: string, name: string): boolean =>
  new RegExp(`^${pattern.split("*").map(RegExp.escape).join(".*")}$`).test(name);

const placeFits = (place: Place, { at, ours, original }: Difference): boolean =>
  pathFits(place.at.split("/"), at.split("/")) && valueFits(place.ours, ours) && valueFits(place.original, original);

function pathFits(pattern: string[], path: string[]): boolean {
  const [first, ...rest] = pattern;
  if (first === undefined) return path.length === 0;
  if (first === "**") return path.some((_, index) => pathFits(rest, path.slice(index))) || rest.length === 0;
  return path.length > 0 && (first === "*" || first === path[0]) && pathFits(rest, path.slice(1));
}

function valueFits(listed: JsonValue, value: JsonValue | undefined): boolean {
  if (typeof listed !== "string") return Bun.deepEquals(listed, value, true);
  return new RegExp(`^${listed.split("…").map(RegExp.escape).join(".*")}$`, "s").test(asText(value));
}

/** A value as parity.yaml writes it: a text as it is, the rest as JSON, nothing as `(absent)`. */
export function asText(value: JsonValue | undefined): string {
  if (value === undefined) return "(absent)";
  return typeof value === "string" ? value : JSON.stringify(value);
}
