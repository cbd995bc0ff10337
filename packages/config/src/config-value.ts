/** What TOML can say. Dates are smol-toml's, which print as they were written. */
export type ConfigValue = string | number | boolean | Date | ConfigValue[] | ConfigTable;

export type ConfigTable = { readonly [key: string]: ConfigValue };

export const isTable = (value: unknown): value is ConfigTable =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Date);

/** The value under a path of keys; undefined where the path ends early. Inherited names (`__proto__`) are no keys. */
export function valueAt(table: ConfigTable, path: readonly string[]): ConfigValue | undefined {
  let value: ConfigValue = table;
  for (const key of path) {
    if (!isTable(value) || !Object.hasOwn(value, key)) return undefined;
    const next: ConfigValue | undefined = value[key];
    if (next === undefined) return undefined;
    value = next;
  }
  return value;
}

/** `value` wrapped in tables: `nest(["a", "b"], 1)` is `{ a: { b: 1 } }`. */
export const nest = (path: readonly string[], value: ConfigValue): ConfigValue =>
  path.reduceRight<ConfigValue>((inner, key) => Object.fromEntries([[key, inner]]), value);

const bareKey = /^[A-Za-z0-9_-]+$/;

/** A key as TOML writes it: quoted only where it must be. */
export const formatKey = (key: string): string => (bareKey.test(key) ? key : quote(key));

/** A path as a person would type it: `mcp_servers."a.b".command`. */
export const formatPath = (path: readonly (string | number)[]): string =>
  path.map((key) => formatKey(String(key))).join(".");

/** A TOML basic string. JSON's escapes are TOML's as well, all but DEL. */
export const quote = (text: string): string => JSON.stringify(text).replaceAll("\u007F", "\\u007F");
