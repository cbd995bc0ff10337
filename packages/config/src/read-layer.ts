import type { Environment } from "@codex/platform/env";
import { readText } from "@codex/platform/read-file";
import { err, ok, type Result } from "@codex/protocol/result";
import { dirname } from "node:path";
import {
  configError,
  issueError,
  locatedWarning,
  syntaxError,
  type ConfigWarning,
  type Source,
} from "./config-problem.ts";
import { valueAt, type ConfigTable } from "./config-value.ts";
import type { Layer, LayerSource } from "./layer.ts";
import { parseToml } from "./parse-toml.ts";
import { resolvePaths } from "./resolve-paths.ts";
import { retiredKeyNames } from "./schema/account.ts";
import { configSchema } from "./schema.ts";
import { validate, type Issue } from "./validate.ts";

/** A file and what it says; no source where there is no file. */
export type ReadFile = { readonly source: Source | undefined; readonly table: ConfigTable };

/** How layers are read: `strict` makes a key nobody knows an error; the command line's paths start at `cwd`. */
export type ReadOptions = { readonly strict: boolean; readonly cwd: string; readonly env: Environment };

/** Reads and parses one file. An absent one is an empty table. */
export function readToml(file: string): Result<ReadFile> {
  const read = readText(file);
  if (!read.ok) return err(configError(`Error loading config.toml: cannot read ${file}: ${read.error.reason}`));
  if (read.value === undefined) return ok({ source: undefined, table: {} });
  const source = { file, text: read.value };
  const parsed = parseToml(source.text);
  return parsed.ok ? ok({ source, table: parsed.value }) : err(syntaxError(source, parsed.error));
}

/** Reads a file as one layer. */
export async function readLayer(
  source: LayerSource & { readonly file: string },
  options: ReadOptions,
): Promise<Result<Layer>> {
  const read = readToml(source.file);
  return read.ok ? checkLayer(source, read.value, options) : read;
}

/** Holds a file's table against the schema and makes its paths absolute. A wrong value is an error, a key nobody knows a warning. */
export async function checkLayer(
  source: LayerSource,
  { table, source: text }: ReadFile,
  options: ReadOptions,
): Promise<Result<Layer>> {
  const issues = validate(table, configSchema).map((issue) => explain(issue, table));
  const fatal = issues.find((issue) => issue.kind === "invalid" || options.strict);
  if (fatal !== undefined) return err(await issueError(text, fatal));
  const warnings = [...(await unknownFields(issues, text)), ...(await retiredFields(table, text))];
  const folder = text === undefined ? options.cwd : dirname(text.file);
  const resolved = resolvePaths(table, configSchema, folder, options.env);
  return ok({ source, table: resolved, warnings, ...(text !== undefined && { text }) });
}

async function unknownFields(issues: readonly Issue[], source: Source | undefined): Promise<ConfigWarning[]> {
  if (issues.length === 0) return [];
  const { unknownFieldWarning } = await import("./unknown-field.ts");
  return Promise.all(issues.map((issue) => unknownFieldWarning(source, issue)));
}

function retiredFields(table: ConfigTable, source: Source | undefined): Promise<ConfigWarning[]> {
  const present = retiredKeyNames.filter((name) => Object.hasOwn(table, name));
  return Promise.all(present.map((name) => locatedWarning(source, [name], `\`${name}\` has no effect`)));
}

const chatIsGone = [
  '`wire_api = "chat"` is no longer supported.',
  'How to fix: set `wire_api = "responses"` in your provider config.',
  "More info: https://github.com/openai/codex/discussions/7782",
].join("\n");

/** Says more than "unknown variant" of a value that once was right. */
function explain(issue: Issue, table: ConfigTable): Issue {
  const path = issue.path.map(String);
  const chat = path[0] === "model_providers" && path[2] === "wire_api" && valueAt(table, path) === "chat";
  return chat ? { ...issue, message: chatIsGone } : issue;
}
