import { homeFolder, type Environment } from "@codex/platform/env";
import { isAbsolute, join, resolve } from "node:path";
import { isTable, type ConfigTable, type ConfigValue } from "./config-value.ts";
import type { Key, TableKey } from "./schema/key.ts";

/** Makes every path of a valid layer absolute: `~/` from the home folder, relative ones from the folder of their file. */
export function resolvePaths(value: ConfigTable, schema: TableKey, folder: string, env: Environment): ConfigTable {
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => {
      const key = Object.hasOwn(schema.keys, name) ? schema.keys[name] : schema.rest;
      return [name, key === undefined ? item : resolveValue(item, key, folder, env)];
    }),
  );
}

function resolveValue(value: ConfigValue, key: Key, folder: string, env: Environment): ConfigValue {
  if (key.kind === "string" && key.path && typeof value === "string") return absolute(value, folder, env);
  if (key.kind === "list" && Array.isArray(value)) return value.map((item) => resolveValue(item, key.of, folder, env));
  if (key.kind === "table" && isTable(value)) return resolvePaths(value, key, folder, env);
  if (key.kind !== "either") return value;
  return key.of.reduce((item, alternative) => resolveValue(item, alternative, folder, env), value);
}

function absolute(path: string, folder: string, env: Environment): string {
  if (path === "~" || path.startsWith("~/")) return join(homeFolder(env), path.slice(1));
  return isAbsolute(path) ? path : resolve(folder, path);
}
