import { relative, sep } from "node:path";
import type { FileChange, NetChange } from "./net-changes.ts";
import { netChanges } from "./net-changes.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** What a turn has made of files so far, by place. */
export type TurnChanges = ReadonlyMap<string, FileChange>;

/** The turn's changes after one more patch: each file keeps what it was before the turn. */
export function addChanges(turn: TurnChanges, patch: ReadonlyMap<string, FileChange>): TurnChanges {
  const result = new Map(turn);
  for (const { place, path, mode, before, after, movedTo } of patch.values()) {
    const first = result.get(place);
    result.set(place, {
      place,
      path,
      mode: first ? first.mode : mode,
      before: first ? first.before : before,
      after,
      movedTo,
    });
    if (movedTo !== undefined) redirect(result, place, movedTo);
  }
  return result;
}

/** What has moved here earlier moves on. */
function redirect(files: Map<string, FileChange>, from: string, to: string): void {
  for (const file of files.values()) if (file.movedTo === from) files.set(file.place, { ...file, movedTo: to });
}

/** The turn's changes as `git diff` would print them, paths relative to `base`; "" where nothing differs any more. */
export const turnDiff = (changes: TurnChanges, base: string): string =>
  netChanges(changes)
    .filter((change) => change.kind !== "update" || change.before !== change.after)
    .map((change) => printChange(change, base))
    .join("");

function printChange(change: NetChange, base: string): string {
  const to = change.kind === "move" ? change.to : change.file;
  const before = change.kind === "add" ? undefined : change.before;
  const after = change.kind === "delete" ? undefined : change.after;
  const names = { a: `a/${shownPath(change.file.path, base)}`, b: `b/${shownPath(to.path, base)}` };
  const mode = (change.file.mode ?? 0) & 0o100 ? "100755" : "100644";
  return [
    `diff --git ${names.a} ${names.b}`,
    ...(before === undefined ? [`new file mode ${mode}`] : after === undefined ? [`deleted file mode ${mode}`] : []),
    `index ${blobId(before)}..${blobId(after)}`,
    `--- ${before === undefined ? "/dev/null" : names.a}`,
    `+++ ${after === undefined ? "/dev/null" : names.b}`,
    unifiedDiff(before ?? "", after ?? ""),
  ].join("\n");
}

/** Outside of the base the absolute path. */
function shownPath(path: string, base: string): string {
  const way = relative(base, path);
  return way === ".." || way.startsWith(`..${sep}`) ? path : way;
}

/** The name that git gives to the content. */
function blobId(text: string | undefined): string {
  if (text === undefined) return "0".repeat(40);
  const bytes = Buffer.from(text);
  return new Bun.CryptoHasher("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
