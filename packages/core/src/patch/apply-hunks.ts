import { err, ok, type Result } from "@codex/protocol/result";
import type { Hunk, HunkLine } from "./patch.ts";
import { seekIn, type Seek } from "./seek-lines.ts";
import { ownEnding, splitText, type Line } from "./text-lines.ts";

/** A hunk's place: `from` is the first line of the file that it covers. */
type Placed = { readonly from: number; readonly lines: readonly HunkLine[] };

/**
 * The file's text with the hunks applied. Lines that the hunks keep stay as they are, byte for byte, also where the
 * patch spelled them otherwise; new lines end as the file's first line does, and a file without a newline at its end stays
 * without. The error names what was not found; `path` is only for it.
 */
export function applyHunks(text: string, hunks: readonly Hunk[], path: string): Result<string, string> {
  const { byteOrderMark, lines } = splitText(text);
  const placed = placeHunks(lines, hunks, path);
  if (!placed.ok) return placed;
  const result = mergeHunks(lines, placed.value);
  const endsOpen = lines.at(-1)?.ending === "";
  return ok(byteOrderMark + joinLines(result, ownEnding(lines), endsOpen));
}

function placeHunks(lines: readonly Line[], hunks: readonly Hunk[], path: string): Result<Placed[], string> {
  const seek = seekIn(lines.map((line) => line.text));
  const placed: Placed[] = [];
  let from = 0;
  for (const hunk of hunks) {
    for (const context of hunk.contexts) {
      const at = seek([context], from, false);
      if (at === undefined) return err(`Failed to find context '${context}' in ${path}`);
      from = at + 1;
    }
    const place = placeLines(seek, hunk, from, lines.length);
    if (place === undefined)
      return err(`Failed to find expected lines in ${path}:\n${oldTexts(hunk.lines).join("\n")}`);
    placed.push(place);
    // Lines that are only added go to the end of the file and do not move the search.
    const covered = oldTexts(place.lines).length;
    if (covered > 0) from = place.from + covered;
  }
  return ok(placed);
}

function placeLines(seek: Seek, hunk: Hunk, from: number, fileLength: number): Placed | undefined {
  const wanted = oldTexts(hunk.lines);
  if (wanted.length === 0) return { from: fileLength, lines: hunk.lines };
  const at = seek(wanted, from, hunk.endOfFile);
  if (at !== undefined) return { from: at, lines: hunk.lines };
  // A blank line at the hunk's end often stands only before the next header: look again without it.
  if (wanted.at(-1) !== "") return undefined;
  const shorter = withoutLastBlank(hunk.lines);
  const again = wanted.length === 1 ? undefined : seek(wanted.slice(0, -1), from, hunk.endOfFile);
  return again === undefined ? undefined : { from: again, lines: shorter };
}

const oldTexts = (lines: readonly HunkLine[]): string[] =>
  lines.filter((line) => line.mark !== "+").map((line) => line.text);

/** Leaves out the last old line; where that is a removal, also the blank line that replaced it. */
function withoutLastBlank(lines: readonly HunkLine[]): readonly HunkLine[] {
  const old = lines.findLastIndex((line) => line.mark !== "+");
  const rest = lines.toSpliced(old, 1);
  const replaced = lines[old]?.mark === "-" && rest.at(-1)?.mark === "+" && rest.at(-1)?.text === "";
  return replaced ? rest.slice(0, -1) : rest;
}

/** Undefined endings are for `joinLines` to choose. */
type Merged = { readonly text: string; readonly ending?: string };

function mergeHunks(lines: readonly Line[], hunks: readonly Placed[]): Merged[] {
  const result: Merged[] = [];
  let at = 0;
  for (const hunk of hunks.toSorted((a, b) => a.from - b.from)) {
    for (const line of lines.slice(at, hunk.from)) result.push(line);
    at = hunk.from;
    for (const { mark, text } of hunk.lines) {
      if (mark === "+") result.push({ text });
      else {
        const kept = lines[at++];
        if (mark === " " && kept !== undefined) result.push(kept);
      }
    }
  }
  for (const line of lines.slice(at)) result.push(line);
  return result;
}

function joinLines(lines: readonly Merged[], ending: string, endsOpen: boolean): string {
  const last = lines.length - 1;
  return lines.map((line, index) => line.text + (index === last && endsOpen ? "" : line.ending || ending)).join("");
}
