import type { CommandDecision } from "@codex/protocol/approvals";
import { decideCommand, type CommandVerdict } from "@codex/sandbox/decide-command";
import { describeDamage } from "@codex/sandbox/rules/loaded-rules";
import { deniesReading } from "@codex/sandbox/permissions/file-rules";
import { missingNotice, sandboxState } from "@codex/sandbox/sandbox-state";
import type { ToolContext } from "../tools/define-tool.ts";
import { approvalRequest } from "./approval-request.ts";
import type { CommandDeps, CommandRun } from "./command-run.ts";

/** `outside`: it runs without our sandbox. `message` is for the model. */
type Permission =
  | { readonly granted: true; readonly outside: boolean }
  | { readonly granted: false; readonly message: string };

/**
 * Settles whether the command may run, and asks the user where that is for them to say; the item is then shown as waiting.
 * What they approve for the session or for good is kept. Rejects when the turn is interrupted meanwhile.
 */
export async function askPermission(run: CommandRun, context: ToolContext, deps: CommandDeps): Promise<Permission> {
  const { approved } = deps;
  const key = JSON.stringify([run.argv, run.shown.cwd, run.escalated]);
  const rules = await deps.rules.current();
  for (const damage of rules.damaged) deps.notice(describeDamage(damage));
  const sandbox = sandboxState(context.sandboxPolicy.type, process.platform);
  if (sandbox === "missing") deps.notice(missingNotice);
  const verdict = decideCommand({
    argv: run.argv,
    escalated: run.escalated,
    justification: run.reason,
    prefixRule: run.prefixRule,
    approvalPolicy: context.approvalPolicy,
    sandbox,
    reviewed: context.reviewed,
    hidden: context.fileRules !== undefined && deniesReading(context.fileRules),
    approved: approved.has(key),
    rules,
  });
  if (verdict.kind === "run") return { granted: true, outside: verdict.outside };
  if (verdict.kind === "refuse") return { granted: false, message: verdict.message };

  const { decision, reason } = await askUser(run, verdict, context);
  if (decision === "decline" || decision === "cancel" || isAboutNetwork(decision)) {
    run.item.complete(declined);
    return { granted: false, message: reason ?? "rejected by user" };
  }
  if (decision === "acceptForSession") approved.add(key);
  if (typeof decision === "object") await amend(decision.acceptWithExecpolicyAmendment.execpolicy_amendment, deps);
  return { granted: true, outside: verdict.outside };
}

async function amend(prefix: readonly string[], { rules, notice }: CommandDeps): Promise<void> {
  const saved = await rules.allow(prefix);
  if (!saved.ok) notice(saved.error);
}

/** An answer to another question is no yes to this one. */
const isAboutNetwork = (
  decision: CommandDecision,
): decision is Extract<CommandDecision, { applyNetworkPolicyAmendment: unknown }> =>
  typeof decision === "object" && "applyNetworkPolicyAmendment" in decision;

async function askUser(run: CommandRun, verdict: Extract<CommandVerdict, { kind: "ask" }>, context: ToolContext) {
  const { threadId, turnId, callId: itemId } = context;
  run.item.start("agent");
  const { reason, amendment } = verdict;
  const asked = { threadId, turnId, itemId, startedAtMs: run.item.startedAtMs, ...run.shown, reason, amendment };
  try {
    return await context.ask("item/commandExecution/requestApproval", approvalRequest(asked));
  } catch (interrupted) {
    run.item.complete(declined);
    throw interrupted;
  }
}

const declined = { status: "declined", output: null, exitCode: null, durationMs: null } as const;
