import type { CommandDecision } from "@codex/protocol/approvals";
import { decideCommand, type CommandVerdict } from "@codex/sandbox/decide-command";
import { describeDamage } from "@codex/sandbox/rules/loaded-rules";
import { deniesReading } from "@codex/sandbox/permissions/file-rules";
import { missingNotice, sandboxState } from "@codex/sandbox/sandbox-state";
import { shellQuote } from "@codex/sandbox/shell-quote";
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
  const loaded = await deps.rules.current();
  const rules = { ...loaded, rules: deps.prefixes?.joinedTo(loaded.rules, run.escalated) ?? loaded.rules };
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
    dangerous: deps.settings?.dangerous_commands,
    rules,
  });
  if (verdict.kind === "run") return { granted: true, outside: verdict.outside };
  if (verdict.kind === "refuse") return { granted: false, message: verdict.message };

  const prefixes = deps.prefixes && verdict.prefixes;
  const { decision, reason } = await askUser(run, prefixes ? withPrefixes(verdict, prefixes) : verdict, context);
  if (decision === "decline" || decision === "cancel" || isAboutNetwork(decision)) {
    run.item.complete(declined);
    return { granted: false, message: reason ?? "rejected by user" };
  }
  if (decision === "acceptForSession") {
    approved.add(key);
    if (prefixes) deps.prefixes?.add(prefixes, run.escalated);
  }
  if (typeof decision === "object") await amend(decision.acceptWithExecpolicyAmendment.execpolicy_amendment, deps);
  return { granted: true, outside: verdict.outside };
}

/** The question says what "for the session" then covers. */
function withPrefixes<T extends Extract<CommandVerdict, { kind: "ask" }>>(
  verdict: T,
  prefixes: readonly (readonly string[])[],
): T {
  const all = [...new Set(prefixes.map((words) => `\`${shellQuote(words)}\``))].join(", ");
  const scope = `For the session covers commands that begin with ${all}.`;
  return { ...verdict, reason: verdict.reason === undefined ? scope : `${verdict.reason} ${scope}` };
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
