import type { Position } from "./parse-toml.ts";

/** Characters of a line that are shown: a file that is no TOML at all may be one line of megabytes. */
const longest = 200;

/** Three lines that show a place: an empty gutter, the source line, a caret under what is meant. Safe for a terminal. */
export function excerpt(text: string, at: Position): string {
  const line = (text.split(/\r?\n/)[at.line - 1] ?? "").replaceAll(/(?!\t)\p{Cc}/gu, "·");
  const from = line.length <= longest ? 0 : Math.max(0, at.column - 1 - longest / 2);
  const number = String(at.line);
  const gutter = " ".repeat(number.length);
  const caret = " ".repeat(Math.max(0, at.column - 1 - from)) + "^".repeat(Math.min(longest, Math.max(1, at.length)));
  return `${gutter} |\n${number} | ${line.slice(from, from + longest)}\n${gutter} | ${caret}`;
}
