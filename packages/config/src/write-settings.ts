import { err, ok, type Result } from "@codex/protocol/result";
import type { CodexError } from "@codex/protocol/errors";
import { join } from "node:path";
import { checkConfig } from "./check-config.ts";
import { configError } from "./config-problem.ts";
import { isTable, valueAt, type ConfigTable, type ConfigValue } from "./config-value.ts";
import { describeConfig, originOfLayer, type JsonConfig, type Origin } from "./describe-config.ts";
import { editConfigFile } from "./edit-config-file.ts";
import type { TomlEdit } from "./edit-toml.ts";
import type { Layer } from "./layer.ts";
import { layerVersion } from "./layer-version.ts";
import { mergeTables, originOf } from "./merge-layers.ts";
import { parseKeyPath } from "./parse-key-path.ts";
import { parseToml } from "./parse-toml.ts";
import { configSchema, defaults, type Config } from "./schema.ts";
import { validate } from "./validate.ts";

/** What a client wants of the user's settings file. `null` takes a key out; "upsert" adds to a table instead of replacing it. */
export type SettingEdit = {
  readonly keyPath: string;
  readonly value: unknown;
  readonly mergeStrategy: "replace" | "upsert";
};

export type WriteRequest = {
  readonly edits: readonly SettingEdit[];
  /** The only one that may be named is the user's own. */
  readonly filePath?: string | null;
  /** As `config/read` told it: the write is refused where the file is another by now. */
  readonly expectedVersion?: string | null;
};

export type Written = {
  readonly status: "ok" | "okOverridden";
  readonly version: string;
  readonly filePath: string;
  readonly overriddenMetadata: {
    readonly message: string;
    readonly overridingLayer: Origin;
    readonly effectiveValue: JsonConfig;
  } | null;
  /** Keys that nobody knows: written, and without effect. */
  readonly unknownKeys: readonly string[];
};

/** Why a write is refused, as clients test for it. Source: the original 0.169.0. */
type WriteErrorCode = "configVersionConflict" | "configValidationError" | "configLayerReadonly";

const refuse = (code: WriteErrorCode, message: string): Result<never, CodexError> =>
  err({ ...configError(message), data: { config_write_error_code: code } });

/**
 * Writes settings into the user's file: all of the edits or none, and none that the program could not start with. Comments
 * stay. `layersNow` reads the layers after the write.
 */
export async function writeSettings(
  codexHome: string,
  request: WriteRequest,
  layersNow: () => Promise<Result<readonly Layer[]>>,
): Promise<Result<Written>> {
  const file = join(codexHome, "config.toml");
  if (request.filePath && request.filePath !== file) {
    return refuse("configLayerReadonly", "Only writes to the user config are allowed");
  }
  const paths: string[][] = [];
  for (const { keyPath } of request.edits) {
    const path = parseKeyPath(keyPath);
    if (!path.ok) return refuse("configValidationError", path.error);
    if (path.value[0] === "profile" || path.value[0] === "profiles") {
      return refuse(
        "configValidationError",
        `\`${path.value[0]}\` is a legacy config selector and can no longer be written; use \`--profile <name>\` with \`<name>.config.toml\` instead`,
      );
    }
    paths.push(path.value);
  }
  const written = await editConfigFile(file, (text) => planEdits(text, request, paths));
  if (!written.ok) return written;
  const table = tableOf(written.value);
  const layers = await layersNow();
  const overridden = layers.ok ? overridingLayer(layers.value, file, paths) : undefined;
  const issues = validate(table, configSchema).filter(({ kind }) => kind === "unknown");
  return ok({
    status: overridden ? "okOverridden" : "ok",
    version: layerVersion(table),
    filePath: file,
    overriddenMetadata: overridden ?? null,
    unknownKeys: issues
      .map(({ path }) => path.join("."))
      .filter((name) => paths.some((path) => name.startsWith(path[0] ?? ""))),
  });
}

/** The edits of a file as it is now, once what would come of them has been found good. */
async function planEdits(
  text: string,
  { edits, expectedVersion }: WriteRequest,
  paths: readonly (readonly string[])[],
): Promise<Result<TomlEdit[]>> {
  const parsed = parseToml(text);
  if (!parsed.ok) return refuse("configValidationError", `line ${parsed.error.line}: ${parsed.error.message}`);
  if (expectedVersion && expectedVersion !== layerVersion(parsed.value)) {
    return refuse(
      "configVersionConflict",
      "Configuration was modified since last read. Fetch latest version and retry.",
    );
  }
  let table = parsed.value;
  const planned: TomlEdit[] = [];
  for (const [index, { value, mergeStrategy }] of edits.entries()) {
    const path = paths[index] ?? [];
    const before = valueAt(table, path);
    const wanted = fromJson(value);
    const next =
      mergeStrategy === "upsert" && isTable(before) && isTable(wanted) ? mergeTables(before, wanted) : wanted;
    planned.push({ path, value: next });
    table = withValue(table, path, next);
  }
  const problem = await problemOf(table);
  return problem === undefined ? ok(planned) : refuse("configValidationError", `Invalid configuration: ${problem}`);
}

/** In the original's words, its line break at the end included. */
async function problemOf(table: ConfigTable): Promise<string | undefined> {
  const issue = validate(table, configSchema).find(({ kind }) => kind === "invalid");
  if (issue) return `${issue.message}\nin \`${issue.path.join(".")}\`\n`;
  const whole = mergeTables(defaults, table) as ConfigTable & Config;
  const checked = await checkConfig(whole, [{ source: { type: "sessionFlags" }, table, warnings: [] }]);
  return checked.ok ? undefined : checked.error.message;
}

function withValue(
  table: ConfigTable,
  [key = "", ...rest]: readonly string[],
  value: ConfigValue | undefined,
): ConfigTable {
  const entries = new Map(Object.entries(table));
  const below = entries.get(key);
  const next = rest.length === 0 ? value : withValue(isTable(below) ? below : {}, rest, value);
  if (next === undefined) entries.delete(key);
  else entries.set(key, next);
  return Object.fromEntries(entries);
}

/** TOML has no null: a key that is null is not there. */
function fromJson(value: unknown): ConfigValue | undefined {
  if (value === null || value === undefined) return undefined;
  if (typeof value === "string" || typeof value === "number" || typeof value === "boolean") return value;
  if (Array.isArray(value)) return value.map(fromJson).filter((item) => item !== undefined);
  const entries = Object.entries(value).flatMap(([key, inner]): [string, ConfigValue][] => {
    const read = fromJson(inner);
    return read === undefined ? [] : [[key, read]];
  });
  return Object.fromEntries(entries);
}

/** The first edit that a stronger layer hides. */
function overridingLayer(
  layers: readonly Layer[],
  file: string,
  paths: readonly (readonly string[])[],
): Written["overriddenMetadata"] | undefined {
  const user = layers.find(({ source }) => source.type === "user" && source.file === file);
  for (const path of paths) {
    const layer = originOf(layers, path);
    if (!layer || !user || layers.indexOf(layer) <= layers.indexOf(user)) continue;
    const effectiveValue = path.reduce<JsonConfig>(
      (value, key) =>
        typeof value === "object" && value !== null && !Array.isArray(value) ? (value[key] ?? null) : null,
      describeConfig(layers),
    );
    const message = `\`${path.join(".")}\` is written, and a stronger source of settings says otherwise.`;
    return { message, overridingLayer: originOfLayer(layer), effectiveValue };
  }
  return undefined;
}

function tableOf(text: string): ConfigTable {
  const parsed = parseToml(text);
  return parsed.ok ? parsed.value : {};
}
