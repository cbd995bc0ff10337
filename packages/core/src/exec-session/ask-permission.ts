import type { CommandDecision } from "@codex/protocol/approvals";
import type { ToolContext } from "../tools/define-tool.ts";
import { approvalRequest } from "./approval-request.ts";
import type { CommandRun } from "./command-run.ts";
import { decideCommand } from "./decide-command.ts";

/** `message` is for the model. */
type Permission = { readonly granted: true } | { readonly granted: false; readonly message: string };

/**
 * Settles whether the command may run, and asks the user where that is for them to say; the item is then shown as waiting.
 * `approved` remembers what was approved for the session. Rejects when the turn is interrupted meanwhile.
 */
export async function askPermission(run: CommandRun, context: ToolContext, approved: Set<string>): Promise<Permission> {
  const { escalated } = run;
  const key = JSON.stringify([run.argv, run.shown.cwd, escalated]);
  const { approvalPolicy } = context;
  const verdict = decideCommand({ escalated, approvalPolicy, approved: approved.has(key) });
  if (verdict.kind === "run") return { granted: true };
  if (verdict.kind === "refuse") return { granted: false, message: verdict.message };

  const { decision, reason } = await askUser(run, context);
  if (decision === "accept") return { granted: true };
  if (decision === "decline" || decision === "cancel" || isAboutNetwork(decision)) {
    run.item.complete(declined);
    return { granted: false, message: reason ?? "rejected by user" };
  }
  approved.add(key);
  return { granted: true };
}

/** An answer to another question is no yes to this one. */
const isAboutNetwork = (decision: CommandDecision): boolean =>
  typeof decision === "object" && "applyNetworkPolicyAmendment" in decision;

async function askUser(run: CommandRun, context: ToolContext) {
  const { threadId, turnId, callId: itemId } = context;
  run.item.start("agent");
  const { reason, prefixRule, shown } = run;
  const asked = { threadId, turnId, itemId, startedAtMs: run.item.startedAtMs, ...shown, reason, prefixRule };
  try {
    return await context.ask("item/commandExecution/requestApproval", approvalRequest(asked));
  } catch (interrupted) {
    run.item.complete(declined);
    throw interrupted;
  }
}

const declined = { status: "declined", output: null, exitCode: null, durationMs: null } as const;
