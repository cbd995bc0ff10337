import { createHash } from "node:crypto";
import { isTable, type ConfigTable, type ConfigValue } from "./config-value.ts";

/** A fingerprint of a layer's settings, whatever the order of its keys: `sha256:<hex>`. Clients send it back when they write. */
export const layerVersion = (table: ConfigTable): string =>
  `sha256:${createHash("sha256")
    .update(JSON.stringify(sorted(table)))
    .digest("hex")}`;

function sorted(value: ConfigValue): ConfigValue {
  if (Array.isArray(value)) return value.map(sorted);
  if (!isTable(value)) return value;
  const entries = Object.entries(value).map(([key, item]) => [key, sorted(item)] as const);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}
