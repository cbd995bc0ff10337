import { isTable, valueAt, type ConfigTable, type ConfigValue } from "./config-value.ts";

/** Lays `over` on `base`: tables merge key by key, everything else replaces. Neither is changed. */
export function mergeTables(base: ConfigTable, over: ConfigTable): ConfigTable {
  // Entries through a Map, because assigning to a key named __proto__ would set the prototype.
  const merged = new Map(Object.entries(base));
  for (const [key, value] of Object.entries(over)) {
    const below = merged.get(key);
    merged.set(key, isTable(below) && isTable(value) ? mergeTables(below, value) : value);
  }
  return Object.fromEntries(merged);
}

/** One table of several, lowest precedence first. */
export const mergeLayers = (tables: readonly ConfigTable[]): ConfigTable => tables.reduce(mergeTables, {});

/** A leaf is what is not a table: a scalar, an array. */
export function* leaves(
  table: ConfigTable,
  path: readonly string[] = [],
): Generator<readonly [readonly string[], ConfigValue]> {
  for (const [key, value] of Object.entries(table)) {
    if (isTable(value)) yield* leaves(value, [...path, key]);
    else yield [[...path, key], value];
  }
}

/** The layer that supplied a path: the highest (last) that says anything there. */
export const originOf = <L extends { readonly table: ConfigTable }>(
  layers: readonly L[],
  path: readonly string[],
): L | undefined => layers.findLast((layer) => valueAt(layer.table, path) !== undefined);

/** For each leaf of the merged layers, by its dotted path, the layer that supplied it. Lowest precedence first. */
export function origins<L extends { readonly table: ConfigTable }>(layers: readonly L[]): Map<string, L> {
  const found = new Map<string, L>();
  for (const [path] of leaves(mergeLayers(layers.map((layer) => layer.table)))) {
    const layer = originOf(layers, path);
    if (layer !== undefined) found.set(path.join("."), layer);
  }
  return found;
}
