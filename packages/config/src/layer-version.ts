import { isTable, type ConfigTable, type ConfigValue } from "./config-value.ts";

/** The state of a layer, by which a writer notices that it has changed: SHA-256 of its JSON with sorted keys, as the original's. */
export const layerVersion = (table: ConfigTable): string =>
  `sha256:${new Bun.CryptoHasher("sha256").update(JSON.stringify(sorted(table))).digest("hex")}`;

function sorted(value: ConfigValue): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isTable(value)) return value;
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
