import { structuredPatch, type StructuredPatchHunk } from "diff";

/** How long the search for the smallest difference may take, in milliseconds; then the texts count as wholly different. */
const patience = 250;

/** The hunks that lead from one text to the other, with one line of context as in the original; "" where both are equal. */
export function unifiedDiff(before: string, after: string): string {
  if (before === after) return "";
  const found = structuredPatch("", "", before, after, "", "", { context: 1, timeout: patience });
  const hunks = found?.hunks ?? [wholeHunk(before, after)];
  return hunks.map(printHunk).join("");
}

function printHunk(hunk: StructuredPatchHunk): string {
  const ranges = `-${range(hunk.oldStart, hunk.oldLines)} +${range(hunk.newStart, hunk.newLines)}`;
  return `@@ ${ranges} @@\n${hunk.lines.map((line) => `${line}\n`).join("")}`;
}

/** As git writes it: one line has no count, and none counts from the line before. */
const range = (start: number, lines: number): string =>
  lines === 1 ? String(start) : `${lines === 0 ? start - 1 : start},${lines}`;

function wholeHunk(before: string, after: string): StructuredPatchHunk {
  const [old, fresh] = [marked("-", before), marked("+", after)];
  const count = (lines: readonly string[]): number => lines.filter((line) => !line.startsWith("\\")).length;
  return { oldStart: 1, oldLines: count(old), newStart: 1, newLines: count(fresh), lines: [...old, ...fresh] };
}

function marked(mark: string, text: string): string[] {
  if (text === "") return [];
  const closed = text.endsWith("\n");
  const lines = (closed ? text.slice(0, -1) : text).split("\n").map((line) => mark + line);
  return closed ? lines : [...lines, "\\ No newline at end of file"];
}
