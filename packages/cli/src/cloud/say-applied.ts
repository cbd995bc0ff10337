import { printable } from "@codex/exec/printable";
import { stdio } from "@codex/platform/stdio";
import type { Applied } from "./apply-diff.ts";
import { countFiles } from "./show-task.ts";

/** Tells what came of a task's diff; the exit code. */
export function sayApplied(id: string, applied: Applied): number {
  const { files, conflicts, skipped, stderr } = applied;
  if (conflicts.length === 0 && files.length > 0) {
    stdio.out(`Applied task ${id} locally (${countFiles(files.length)})\n${listFiles(files)}`);
    return 0;
  }
  const some = files.length + conflicts.length > 0;
  stdio.out(`${some ? "Apply partially succeeded" : "Apply failed"} for task ${id} (${counts(applied)})\n`);
  if (conflicts.length > 0) stdio.err(`Resolve the conflicts in:\n${listFiles(conflicts)}`);
  if (skipped.length > 0) stdio.err(`Nothing was changed. Git says:\n${printable(stderr)}`);
  else if (!some) stdio.err(`The diff is none that git can read:\n${printable(stderr)}`);
  return 1;
}

export const counts = ({ files, conflicts, skipped }: Applied): string =>
  `applied=${files.length}, skipped=${skipped.length}, conflicts=${conflicts.length}`;

export const listFiles = (files: readonly string[]): string => files.map((file) => `  ${printable(file)}\n`).join("");
