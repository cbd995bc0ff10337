/** For tests: patches as text, and patches from a pair of texts. */
import { diffArrays } from "diff";
import { marker, type Hunk, type HunkLine, type Operation, type Patch } from "./patch.ts";

export const printPatch = (patch: Patch): string =>
  [marker.begin, ...patch.flatMap(printOperation), marker.end].map((line) => `${line}\n`).join("");

function printOperation(operation: Operation): string[] {
  switch (operation.kind) {
    case "add":
      return [marker.add + operation.path, ...linesOf(operation.content).map((line) => `+${line}`)];
    case "delete":
      return [marker.delete + operation.path];
    case "update": {
      const move = operation.moveTo === undefined ? [] : [marker.move + operation.moveTo];
      return [marker.update + operation.path, ...move, ...operation.hunks.flatMap(printHunk)];
    }
  }
}

const printHunk = (hunk: Hunk): string[] => [
  ...(hunk.contexts.length === 0 ? [marker.context] : hunk.contexts.map((text) => `${marker.context} ${text}`)),
  ...hunk.lines.map((line) => line.mark + line.text),
  ...(hunk.endOfFile ? [marker.endOfFile] : []),
];

/** Without endings; a newline at the end makes no further line. */
const linesOf = (text: string): string[] => (text === "" ? [] : text.replace(/\n$/, "").split("\n"));

/** One hunk that covers the whole file, so that it fits one place only. */
export function hunkBetween(before: readonly string[], after: readonly string[]): Hunk {
  const lines = diffArrays([...before], [...after]).flatMap((part): HunkLine[] => {
    const mark = part.added ? "+" : part.removed ? "-" : " ";
    return part.value.map((text) => ({ mark, text }));
  });
  return { contexts: [], lines, endOfFile: true };
}
