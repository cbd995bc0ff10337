import type { Position } from "./parse-toml.ts";

/** Three lines that show a place: an empty gutter, the source line, a caret under what is meant. */
export function excerpt(text: string, at: Position): string {
  const source = text.split(/\r?\n/)[at.line - 1] ?? "";
  const number = String(at.line);
  const gutter = " ".repeat(number.length);
  const caret = " ".repeat(Math.max(0, at.column - 1)) + "^".repeat(Math.max(1, at.length));
  return `${gutter} |\n${number} | ${source}\n${gutter} | ${caret}`;
}
