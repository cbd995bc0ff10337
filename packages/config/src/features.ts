import { err, ok, type Result } from "@codex/protocol/result";
import { configError } from "./config-problem.ts";
import { isTable } from "./config-value.ts";
import { featureAliases, featureTable, type FeatureName } from "./feature-table.ts";
import type { Config } from "./schema.ts";

/** `[features]` as it stands in a config. */
export type FeatureSettings = Config["features"];

const isFeature = (name: string): name is FeatureName => Object.hasOwn(featureTable, name);

/** Is a feature on? Its own name first, then its older names, then the default. */
export function featureEnabled(settings: FeatureSettings, name: FeatureName): boolean {
  const aliases = Object.keys(featureAliases).filter((alias) => featureAliases[alias] === name);
  for (const key of [name, ...aliases]) {
    const setting = settings !== undefined && Object.hasOwn(settings, key) ? settings[key] : undefined;
    if (typeof setting === "boolean") return setting;
    if (isTable(setting) && typeof setting.enabled === "boolean") return setting.enabled;
  }
  return featureTable[name].enabled;
}

/** A feature's name as written into a config: itself or an alias, both of which parse. */
export function resolveFeatureName(name: string): Result<string> {
  if (isFeature(name) || Object.hasOwn(featureAliases, name)) return ok(name);
  return err(configError(`Unknown feature flag: ${name}`));
}

/** What a name stands for; undefined for a name that changes nothing. */
export const featureOf = (name: string): FeatureName | undefined =>
  isFeature(name) ? name : (featureAliases[name] ?? undefined);
