import { fileProblem } from "@codex/platform/read-file";
import { stageRemoval, stageWrite, type StagedFile } from "@codex/platform/stage-file";
import { err, ok, type Result } from "@codex/protocol/result";
import type { PatchPlan, PlannedFile } from "./plan-patch.ts";

type Step = { readonly file: PlannedFile; readonly staged: StagedFile };

/**
 * Writes what was planned. All new contents are put in place under temporary names first; a failure until then leaves
 * every file as it was. Only then are they renamed, and removals come last. The error says what failed, and what is done.
 */
export function commitPlan(plan: PatchPlan): Result<void, string> {
  const steps: Step[] = [];
  try {
    for (const file of plan.values()) {
      const staged = stage(file);
      if (!staged.ok) return staged;
      if (staged.value !== undefined) steps.push({ file, staged: staged.value });
    }
    return commitSteps([...steps.filter(isWrite), ...steps.filter((step) => !isWrite(step))]);
  } finally {
    for (const step of steps) step.staged.dispose();
  }
}

const isWrite = (step: Step): boolean => step.file.after !== undefined;

/** Undefined where there is nothing to do: added and deleted again, or left as it was. */
function stage(file: PlannedFile): Result<StagedFile | undefined, string> {
  try {
    if (file.after === file.before) return ok(undefined);
    if (file.after !== undefined) return ok(stageWrite(file.place, Buffer.from(file.after), previousOf(file)));
    return ok(file.version === undefined ? undefined : stageRemoval(file.place, file.version));
  } catch (thrown) {
    return err(failure(file, thrown));
  }
}

/** The version of the name itself: it is a link where the patch has removed one and put a file there. */
const previousOf = (file: PlannedFile): Parameters<typeof stageWrite>[2] =>
  file.previous === undefined || file.version === undefined ? undefined : { ...file.previous, version: file.version };

function commitSteps(steps: readonly Step[]): Result<void, string> {
  for (const [done, { file, staged }] of steps.entries()) {
    try {
      staged.commit();
    } catch (thrown) {
      const names = steps.slice(0, done).map((step) => step.file.path);
      return err(failure(file, thrown) + (names.length === 0 ? "" : `\nAlready changed: ${names.join(", ")}`));
    }
  }
  return ok(undefined);
}

function failure(file: PlannedFile, thrown: unknown): string {
  const verb = file.after === undefined ? "delete" : "write";
  return `Failed to ${verb} file ${file.path}: ${fileProblem(file.path, thrown).reason}`;
}
