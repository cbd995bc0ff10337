import { configError } from "@codex/config/config-problem";
import { editConfigFile } from "@codex/config/edit-config-file";
import { aliasNames, featureNames, featureTable, type FeatureName } from "@codex/config/feature-table";
import { featureEnabled, featureOf, resolveFeatureName } from "@codex/config/features";
import type { LoadedConfig } from "@codex/config/load-config";
import { nearest } from "@codex/config/nearest";
import { err, type Result } from "@codex/protocol/result";

export type FeaturesDeps = {
  /** The user's config.toml, which `enable` and `disable` change. */
  readonly userFile: string;
  loadConfig(): Promise<Result<LoadedConfig>>;
  out(text: string): void;
  err(text: string): void;
};

const usage = "Usage: codex features list [--all] | enable <FEATURE> | disable <FEATURE>\n";

/** `codex features …`; `argv` is what follows the word. Returns the exit code. */
export async function features(argv: readonly string[], deps: FeaturesDeps): Promise<number> {
  const [verb, ...rest] = argv;
  const [name, ...more] = rest;
  if (verb === "list" && rest.every((word) => word === "--all")) return list(rest.length > 0, deps);
  if ((verb === "enable" || verb === "disable") && name !== undefined && more.length === 0) {
    return change(name, verb === "enable", deps);
  }
  deps.err(usage);
  return 2;
}

/** Name, stage and state of each feature. Those that changing has no point for are shown on `--all` only. */
async function list(all: boolean, deps: FeaturesDeps): Promise<number> {
  const loaded = await deps.loadConfig();
  if (!loaded.ok) return complain(loaded.error.message, deps);
  const shown = featureNames.filter((name) => all || isActive(name));
  for (const name of shown) deps.out(row(name, featureEnabled(loaded.value.config.features, name)));
  const hidden = featureNames.length - shown.length;
  if (hidden > 0)
    deps.err(`${hidden} deprecated and removed features are not shown; \`codex features list --all\` shows them.\n`);
  return 0;
}

const isActive = (name: FeatureName): boolean => !["deprecated", "removed"].includes(featureTable[name].stage);

const nameWidth = Math.max(...featureNames.map((name) => name.length));
const stageWidth = "under development".length;

const row = (name: FeatureName, enabled: boolean): string =>
  `${name.padEnd(nameWidth)}  ${featureTable[name].stage.padEnd(stageWidth)}  ${enabled}\n`;

async function change(name: string, enabled: boolean, deps: FeaturesDeps): Promise<number> {
  const changed = await write(name, enabled, deps.userFile);
  if (!changed.ok) return complain(changed.error.message, deps);
  deps.out(`${enabled ? "Enabled" : "Disabled"} feature \`${name}\` in config.toml.\n`);
  const caution = cautionOf(name, enabled);
  if (caution !== undefined) deps.err(`${caution}\n`);
  return 0;
}

async function write(name: string, enabled: boolean, file: string): Promise<Result<unknown>> {
  const known = resolveFeatureName(name);
  if (known.ok) return editConfigFile(file, [{ path: ["features", known.value], value: enabled }]);
  const meant = nearest(name, [...featureNames, ...aliasNames]);
  return meant === undefined ? known : err(configError(`${known.error.message}; did you mean \`${meant}\`?`));
}

/** What a person should know of the switch they turned. */
function cautionOf(name: string, enabled: boolean): string | undefined {
  const feature = featureOf(name);
  const stage = feature === undefined ? "removed" : featureTable[feature].stage;
  if (stage === "removed")
    return `\`${name}\` has no effect: the feature was removed, its flag is only still accepted.`;
  if (stage === "deprecated") return `\`${name}\` is deprecated and will be removed.`;
  if (stage === "under development" && enabled) {
    return `\`${name}\` is under development: incomplete, and it may misbehave. \`suppress_unstable_features_warning = true\` silences this at start.`;
  }
  return undefined;
}

function complain(message: string, deps: FeaturesDeps): number {
  deps.err(message.startsWith("Error") ? `${message}\n` : `Error: ${message}\n`);
  return 1;
}
