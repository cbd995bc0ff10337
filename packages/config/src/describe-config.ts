import { isTable, type ConfigTable, type ConfigValue } from "./config-value.ts";
import type { Layer, LayerSource } from "./layer.ts";
import { layerVersion } from "./layer-version.ts";
import { leaves, mergeLayers, mergeTables, originOf } from "./merge-layers.ts";
import { rootDefaults, serverDefaults, tableDefaults } from "./read-defaults.ts";
import { configSchema } from "./schema.ts";
import type { Key } from "./schema/key.ts";

/** A setting as JSON says it: null for what nobody set, text for a date. */
export type JsonConfig = string | number | boolean | null | JsonConfig[] | { [key: string]: JsonConfig };

/** Where a setting comes from, and the state of that source. */
export type Origin = { readonly name: LayerSource; readonly version: string };

export type DescribedLayer = Origin & {
  readonly config: JsonConfig;
  readonly disabledReason?: string;
};

/**
 * All settings that hold, each known key present; null where nobody says anything and there is no default. `switched` are
 * features that a client has switched, which any layer outweighs.
 */
export function describeConfig(
  layers: readonly Layer[],
  switched: Readonly<Record<string, boolean>> = {},
): { [key: string]: JsonConfig } {
  const below = mergeTables(rootDefaults, { features: switched });
  const merged = mergeTables(below, mergeLayers(layers.map(({ table }) => table)));
  const known = Object.entries(merged).filter(([key]) => Object.hasOwn(configSchema.keys, key));
  return {
    client_search_provider: null,
    ...describeTable(Object.fromEntries(known), configSchema.keys, undefined, []),
  };
}

function describe(value: ConfigValue, key: Key | undefined, path: readonly string[]): JsonConfig {
  if (!isTable(value)) return toJson(value);
  const shape = tableKey(key);
  if (path[0] === "mcp_servers" && path.length === 2) return describeServer(value);
  const known = { ...tableDefaults[pathPattern(path)], ...value };
  return describeTable(known, shape?.keys ?? {}, shape?.rest, path);
}

function describeTable(
  table: ConfigTable,
  keys: Readonly<Record<string, Key>>,
  rest: Key | undefined,
  path: readonly string[],
): { [key: string]: JsonConfig } {
  // Of the features only those that have a value are shown.
  const absent =
    path[0] === "features"
      ? []
      : Object.keys(keys).filter((name) => !Object.hasOwn(table, name) && !leftOut.has([...path, name].join(".")));
  return Object.fromEntries([
    ...Object.entries(table).map(([name, value]): [string, JsonConfig] => [
      name,
      describe(value, Object.hasOwn(keys, name) ? keys[name] : rest, [...path, name]),
    ]),
    ...absent.map((name): [string, JsonConfig] => [name, null]),
  ]);
}

/** Keys that the original does not show where they are not set, some of them ours. */
const leftOut: ReadonlySet<string> = new Set([
  "sandbox",
  "plugins._default",
  "sandbox_workspace_write.network_domains",
  "tools.client_search_provider",
  "tools.experimental_request_user_input",
  "tools.update_plan",
]);

/** `tool_timeout_sec` is there in any case; the arguments where a program is started. */
const describeServer = (server: ConfigTable): JsonConfig => ({
  ...(Object.hasOwn(server, "command") ? { args: [] } : {}),
  tool_timeout_sec: null,
  ...(toJson({ ...serverDefaults, ...server }) as { [key: string]: JsonConfig }),
});

const tableKey = (key: Key | undefined) => {
  if (key?.kind === "table") return key;
  return key?.kind === "either" ? key.of.find((one) => one.kind === "table") : undefined;
};

const pathPattern = (path: readonly string[]): string =>
  path[0] === "model_providers" && path.length === 2 ? "model_providers.*" : path.join(".");

function toJson(value: ConfigValue): JsonConfig {
  if (value instanceof Date) return value.toISOString();
  if (Array.isArray(value)) return value.map(toJson);
  if (!isTable(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, toJson(inner)]));
}

/** For each setting by its dotted path, elements of lists included, the layer it comes from. */
export function describeOrigins(layers: readonly Layer[]): Record<string, Origin> {
  const found: [string, Origin][] = [];
  for (const [path, value] of leaves(mergeLayers(layers.map(({ table }) => table)))) {
    const layer = originOf(layers, path);
    if (layer === undefined) continue;
    const dotted = path.join(".");
    const names = Array.isArray(value) ? value.map((_, index) => `${dotted}.${index}`) : [dotted];
    for (const name of names) found.push([name, originOfLayer(layer)]);
  }
  return Object.fromEntries(found);
}

export const originOfLayer = (layer: Layer): Origin => ({ name: layer.source, version: layerVersion(layer.table) });

/** Highest precedence first. Of the layers that hold nothing only the user's and the system's are shown. */
export const describeLayers = (layers: readonly Layer[]): DescribedLayer[] =>
  layers
    .filter(
      (layer) => isAlwaysShown(layer) || Object.keys(layer.table).length > 0 || layer.disabledReason !== undefined,
    )
    .toReversed()
    .map((layer) => ({
      ...originOfLayer(layer),
      config: toJson(layer.table),
      ...(layer.disabledReason === undefined ? {} : { disabledReason: layer.disabledReason }),
    }));

const isAlwaysShown = ({ source }: Layer): boolean => source.type === "user" || source.type === "system";
