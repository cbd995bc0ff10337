import { err, ok, type Result } from "@codex/protocol/result";
import { parse, TomlError } from "smol-toml";
import type { ConfigTable } from "./config-value.ts";

/** A place in a file, both from 1. `length` is what the caret underlines. */
export type Position = { readonly line: number; readonly column: number; readonly length: number };

export type SyntaxProblem = Position & { readonly message: string };

export function parseToml(text: string): Result<ConfigTable, SyntaxProblem> {
  try {
    return ok(parse(text) as ConfigTable);
  } catch (thrown) {
    if (!(thrown instanceof TomlError)) throw thrown;
    return err({ line: thrown.line, column: thrown.column, length: 1, message: firstLine(thrown.message) });
  }
}

/** smol-toml adds an excerpt of its own, in another shape than ours. */
const firstLine = (message: string): string =>
  (message.split("\n")[0] ?? message).replace(/^Invalid TOML document: /, "");
