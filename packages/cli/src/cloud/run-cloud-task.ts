import type { BackendFailure } from "@codex/auth/backend/open-backend";
import { printable } from "@codex/exec/printable";
import { stdio } from "@codex/platform/stdio";
import { err, ok, type Result } from "@codex/protocol/result";
import { refuse } from "../refuse.ts";
import { applyDiff } from "./apply-diff.ts";
import { attemptDiff } from "./attempts.ts";
import type { CloudFlags } from "./cloud-flags.ts";
import { endCommand } from "./end-command.ts";
import type { Cloud } from "./open-cloud.ts";
import { openCloudTasks, readTaskId } from "./open-cloud-tasks.ts";
import { pickPaint } from "./pick-paint.ts";
import { sayApplied } from "./say-applied.ts";
import { taskLines } from "./show-task.ts";
import { part, readTask } from "./task.ts";

/** `codex cloud status TASK`: 0 when the task is ready. */
export async function runCloudStatus(words: string, flags: CloudFlags): Promise<number> {
  const found = await openTask("status", words, flags);
  if (!found.ok) return found.error;
  const { id, details, cloud } = found.value;
  const now = Date.now();
  const task = readTask(id, details, now / 1000);
  stdio.out(`${taskLines(task, now, pickPaint(cloud.env)).join("\n")}\n`);
  return task.status === "ready" ? 0 : 1;
}

/** `codex cloud diff TASK`: the diff as it is, for programs; without what moves a terminal's cursor for people. */
export async function runCloudDiff(words: string, flags: CloudFlags): Promise<number> {
  const found = await openDiff("diff", words, flags);
  if (!found.ok) return found.error;
  const { diff } = found.value;
  stdio.out(stdio.isTerminal("out") ? printable(diff) : diff);
  return 0;
}

/** `codex cloud apply TASK`: 0 when every file of the diff was changed. */
export async function runCloudApply(words: string, flags: CloudFlags): Promise<number> {
  const found = await openDiff("apply", words, flags);
  if (!found.ok) return found.error;
  const { id, diff, cloud } = found.value;
  const applied = await applyDiff(diff, cloud.cwd, cloud.env);
  return applied.ok ? sayApplied(id, applied.value) : endCommand(applied.error);
}

type FoundTask = { id: string; details: Record<string, unknown>; cloud: Cloud };

/** The task, or the exit code after saying why there is none. */
async function openTask(command: string, words: string, flags: CloudFlags): Promise<Result<FoundTask, number>> {
  const id = readTaskId(words);
  if (id === undefined) return err(endCommand("task id must not be empty"));
  const opened = await openCloudTasks(command, flags);
  if (!opened.ok) return err(refuse(opened.error));
  const cloud = opened.value;
  const reply = await cloud.ask({ method: "GET", url: cloud.url(`tasks/${encodeURIComponent(id)}`) });
  if (!reply.ok) return err(endCommand(reply.error));
  return ok({ id, details: part(reply.value), cloud });
}

async function openDiff(
  command: string,
  words: string,
  flags: CloudFlags,
): Promise<Result<FoundTask & { diff: string }, number>> {
  const found = await openTask(command, words, flags);
  if (!found.ok) return found;
  const { id, details, cloud } = found.value;
  const diff: Result<string, BackendFailure | string> = await attemptDiff(id, details, flags.attempt ?? 1, cloud);
  return diff.ok ? ok({ ...found.value, diff: diff.value }) : err(endCommand(diff.error));
}
