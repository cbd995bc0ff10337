import type { Clock } from "@codex/platform/clock";
import type { FileUpdateChange, RunStatus, ThreadItemOf } from "@codex/protocol/items";
import { err, type Result } from "@codex/protocol/result";
import type { ToolContext, ToolOutcome } from "../tools/define-tool.ts";
import type { Protection } from "@codex/sandbox/plan";
import { itemCompleted, itemStarted } from "../turn/item-events.ts";
import { commitPlan } from "./commit-plan.ts";
import { itemChanges, summarize } from "./describe-changes.ts";
import { judgePatch, placesOf } from "./judge-patch.ts";
import { parsePatch } from "./parse-patch.ts";
import type { PatchMemory } from "./patch-memory.ts";
import { planPatch, type PatchPlan } from "./plan-patch.ts";
import { turnDiff } from "./turn-diff.ts";
import { writeScope } from "./write-scope.ts";

export type PatchDeps = {
  readonly clock: Clock;
  /** Absolute; from the user and the session's start, never from the model. */
  readonly workspaceRoots: readonly string[];
  /** TMPDIR's value, undefined where it is not set. */
  readonly temporaryFolder: string | undefined;
  /** Names in writable folders that stay as they are. */
  readonly protection: Protection;
  readonly memory: PatchMemory;
};

/**
 * Applies a patch for the model: checked as a whole first, then asked about where the policy wants it, then written within
 * the policy's bounds. `context.cwd` is what the patch's paths are relative to; it gives no right to write there.
 * Shows a file change item with the call's id once the patch is known to fit, and the turn's diff once it is applied.
 */
export async function applyPatchText(text: string, context: ToolContext, deps: PatchDeps): Promise<ToolOutcome> {
  const plan = readPatch(text, context.cwd);
  if (!plan.ok) return { ok: false, forModel: plan.error };
  const rootOf = (path: string): string | undefined => deps.memory.canonicalRoot(path);
  const scope = writeScope(
    context.sandboxPolicy,
    deps.workspaceRoots,
    deps.temporaryFolder,
    deps.protection,
    context.fileRules,
    rootOf,
  );
  const verdict = judgePatch(plan.value, scope, context.approvalPolicy, deps.memory.approved);
  if (verdict.kind === "refuse") return { ok: false, forModel: verdict.message };

  const item = startItem(itemChanges(plan.value), context, deps.clock);
  const refusal = verdict.kind === "ask" ? await askedRefusal(plan.value, item, context, deps) : undefined;
  if (refusal !== undefined) {
    item.complete("declined");
    return { ok: false, forModel: refusal };
  }
  const outcome = commitTimed(plan.value, deps.clock);
  item.complete(outcome.ok ? "completed" : "failed");
  if (outcome.ok) showTurnDiff(plan.value, context, deps);
  return outcome;
}

function readPatch(text: string, cwd: string): Result<PatchPlan, string> {
  const patch = parsePatch(text);
  if (patch.ok && patch.value.length === 0) return err("patch rejected: empty patch");
  const plan = patch.ok ? planPatch(patch.value, cwd) : patch;
  return plan.ok ? plan : err(`apply_patch verification failed: ${plan.error}`);
}

type ShownItem = {
  readonly startedAtMs: number;
  readonly changes: FileUpdateChange[];
  complete(status: RunStatus): void;
};

function startItem(changes: FileUpdateChange[], context: ToolContext, clock: Clock): ShownItem {
  const startedAtMs = clock.now();
  const itemWith = (status: RunStatus): ThreadItemOf<"fileChange"> => ({
    type: "fileChange",
    id: context.callId,
    changes,
    status,
  });
  context.emit(itemStarted(itemWith("inProgress"), context, startedAtMs));
  const complete = (status: RunStatus): void => {
    context.emit(itemCompleted(itemWith(status), context, { startedAtMs, completedAtMs: clock.now() }));
  };
  return { startedAtMs, changes, complete };
}

/** Asks; what the model reads where the answer is no. A grant for the session is for exactly the files of this patch. */
async function askedRefusal(
  plan: PatchPlan,
  item: ShownItem,
  context: ToolContext,
  deps: PatchDeps,
): Promise<string | undefined> {
  const { threadId, turnId, callId } = context;
  const { startedAtMs, changes } = item;
  const params = { threadId, turnId, itemId: callId, startedAtMs, reason: null, grantRoot: null, changes };
  try {
    const { decision, reason } = await context.ask("item/fileChange/requestApproval", params);
    if (decision === "acceptForSession") for (const place of placesOf(plan)) deps.memory.approved.add(place);
    if (decision === "accept" || decision === "acceptForSession") return undefined;
    return reason ?? "patch rejected by user";
  } catch (interrupted) {
    item.complete("declined");
    throw interrupted;
  }
}

/** The result as the model reads it, in the form of a command's. */
function commitTimed(plan: PatchPlan, clock: Clock): ToolOutcome {
  const started = clock.monotonic();
  const done = commitPlan(plan);
  const seconds = Math.round((clock.monotonic() - started) / 100) / 10;
  const output = done.ok ? summarize(plan) : `${done.error}\n`;
  return { ok: done.ok, forModel: `Exit code: ${done.ok ? 0 : 1}\nWall time: ${seconds} seconds\nOutput:\n${output}` };
}

function showTurnDiff(plan: PatchPlan, context: ToolContext, deps: PatchDeps): void {
  const { threadId, turnId } = context;
  const base = deps.workspaceRoots[0] ?? context.cwd;
  const diff = turnDiff(deps.memory.record(turnId, plan), base);
  context.emit({ method: "turn/diff/updated", params: { threadId, turnId, diff } });
}
