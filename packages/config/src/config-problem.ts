import type { CodexError } from "@codex/protocol/errors";
import { excerpt } from "./excerpt.ts";
import type { SyntaxProblem } from "./parse-toml.ts";
import type { ConfigPath, Issue } from "./validate.ts";

/** Something a person should know about their settings that does not stop the run. Lines and columns from 1. */
export type ConfigWarning = {
  readonly message: string;
  readonly file?: string;
  readonly line?: number;
  readonly column?: number;
};

/** A file as it was read, kept so that a complaint can show the place. */
export type Source = { readonly file: string; readonly text: string };

/** A failure of configuration. The message is whole: it needs no prefix when printed. */
export const configError = (message: string): CodexError => ({ code: "invalidRequest", message });

export const syntaxError = (source: Source, problem: SyntaxProblem): CodexError =>
  configError(
    `Error loading config.toml:\n${source.file}:${problem.line}:${problem.column}: ${problem.message}\n${excerpt(source.text, problem)}`,
  );

/** An issue of a file with its place, or of the command line without. */
export async function issueError(source: Source | undefined, issue: Issue): Promise<CodexError> {
  const where = issue.kind === "unknown" ? "" : `\nin \`${issue.path.join(".")}\``;
  if (source === undefined) {
    const origin = issue.kind === "unknown" ? " in -c/--config override" : "";
    return configError(`Error loading config.toml: ${issue.message}${origin}${where}`);
  }
  return locatedError(source, issue.path, issue.at, issue.message, where);
}

/** A failure at a path of a file. `tail` follows the excerpt. */
export async function locatedError(
  source: Source,
  path: ConfigPath,
  at: "key" | "value",
  message: string,
  tail = "",
): Promise<CodexError> {
  const { locate } = await import("./locate.ts");
  const place = locate(source.text, path, at);
  if (place === undefined) return configError(`Error loading config.toml:\n${source.file}: ${message}${tail}`);
  const shown = `${source.file}:${place.line}:${place.column}: ${message}\n${excerpt(source.text, place)}`;
  return configError(`Error loading config.toml:\n${shown}${tail}`);
}

/** A warning at a path of a file; of the command line without a place. */
export async function locatedWarning(
  source: Source | undefined,
  path: ConfigPath,
  message: string,
): Promise<ConfigWarning> {
  if (source === undefined) return { message };
  const { locate } = await import("./locate.ts");
  const place = locate(source.text, path, "key");
  if (place === undefined) return { message: `${source.file}: ${message}`, file: source.file };
  const { line, column } = place;
  return { message: `${source.file}:${line}:${column}: ${message}`, file: source.file, line, column };
}
