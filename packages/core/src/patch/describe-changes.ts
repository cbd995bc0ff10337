import type { FileUpdateChange } from "@codex/protocol/items";
import { netChanges, type NetChange } from "./net-changes.ts";
import type { PatchPlan, PlannedFile } from "./plan-patch.ts";
import { unifiedDiff } from "./unified-diff.ts";

/** The changes as a file change item shows them. */
export const itemChanges = (plan: PatchPlan): FileUpdateChange[] => netChanges(plan).map(itemChange);

function itemChange(change: NetChange): FileUpdateChange {
  const { path } = change.file;
  switch (change.kind) {
    case "add":
      return { path, kind: { type: "add" }, diff: change.after };
    case "delete":
      return { path, kind: { type: "delete" }, diff: change.before };
    case "update":
      return { path, kind: { type: "update", move_path: null }, diff: unifiedDiff(change.before, change.after) };
    case "move": {
      const to = change.to.path;
      const diff = `${unifiedDiff(change.before, change.after)}\n\nMoved to: ${to}`;
      return { path, kind: { type: "update", move_path: to }, diff };
    }
  }
}

/** What the model reads of an applied patch: a line for each file, added ones first, then modified, then deleted. */
export function summarize(plan: PatchPlan): string {
  const lines = netChanges(plan).map(summaryLine);
  const sorted = ["A", "M", "D"].flatMap((letter) => lines.filter((line) => line.startsWith(letter)));
  const notes = [...plan.values()].filter(leavesLinksBehind).map(linkNote);
  return ["Success. Updated the following files:", ...sorted, ...notes].map((line) => `${line}\n`).join("");
}

function summaryLine(change: NetChange<PlannedFile>): string {
  switch (change.kind) {
    case "add":
      return `A ${change.file.name}`;
    case "delete":
      return `D ${change.file.name}`;
    case "update":
      return `M ${change.file.name}${change.file.overwritten ? " (overwritten)" : ""}`;
    case "move":
      return `M ${change.to.name} (moved from ${change.file.name}${change.to.overwritten ? ", overwritten" : ""})`;
  }
}

const leavesLinksBehind = (file: PlannedFile): boolean =>
  file.after !== undefined && file.after !== file.before && (file.previous?.links ?? 1) > 1;

const linkNote = (file: PlannedFile): string => `Note: ${file.name} had other hard links; they keep the old content.`;
