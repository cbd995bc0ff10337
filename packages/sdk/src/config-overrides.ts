import type { CodexConfigObject, CodexConfigValue } from "./options.ts";
import { isBareKey, isTable, tomlValue } from "./toml-value.ts";

/** Settings as `key.path=TOML`, one for each value. Keys with the value undefined are left out. */
export const configOverrides = (config: CodexConfigObject): string[] =>
  Object.entries(config).flatMap(([key, value]) => overridesAt(key, value));

function overridesAt(path: string, value: CodexConfigValue | undefined): string[] {
  if (value === undefined) return [];
  if (isTable(value) && hasPath(value))
    return Object.entries(value).flatMap(([key, inner]) => overridesAt(`${path}.${key}`, inner));
  return [`${path}=${tomlValue(value, path)}`];
}

/** Whether each key can be a segment of a dotted path; a table with a key that cannot is written as one value. */
const hasPath = (table: CodexConfigObject): boolean => {
  const keys = Object.keys(table);
  return keys.length > 0 && keys.every(isBareKey);
};
