import type { CommandDecision, ServerRequestParams } from "@codex/protocol/approvals";
import type { CommandAction } from "@codex/protocol/items";

type AskedCommand = {
  readonly threadId: string;
  readonly turnId: string;
  readonly itemId: string;
  readonly startedAtMs: number;
  readonly command: string;
  readonly cwd: string;
  readonly actions: CommandAction[];
  readonly reason: string | undefined;
  readonly prefixRule: readonly string[] | undefined;
};

/** What a face is asked before a command runs. Shape: requests of the original. Pure. */
export function approvalRequest(asked: AskedCommand): ServerRequestParams["item/commandExecution/requestApproval"] {
  const { threadId, turnId, itemId, startedAtMs, command, cwd } = asked;
  const amendment = proposal(asked.prefixRule);
  return {
    kind: "command",
    threadId,
    turnId,
    itemId,
    startedAtMs,
    environmentId: "local",
    ...(asked.reason === undefined ? {} : { reason: asked.reason }),
    command,
    cwd,
    commandActions: asked.actions,
    ...(amendment && { proposedExecpolicyAmendment: amendment }),
    availableDecisions: decisions(amendment),
  };
}

const decisions = (amendment: string[] | undefined): CommandDecision[] =>
  amendment
    ? ["accept", { acceptWithExecpolicyAmendment: { execpolicy_amendment: amendment } }, "cancel"]
    : ["accept", "cancel"];

/** The model's prefix, unless every program would be allowed with it. */
function proposal(prefix: readonly string[] | undefined): string[] | undefined {
  if (prefix === undefined || prefix.length === 0) return undefined;
  const [program = "", ...rest] = prefix;
  const name = program.replace(/^.*\//, "").replace(/\.exe$/, "");
  const open = interpreters.test(name) && rest.every((word) => word.startsWith("-"));
  return open ? undefined : [...prefix];
}

/** Programs that run whatever program text they are given, so that a rule for them alone would allow everything. */
const interpreters =
  /^(python[\d.]*w?|py|pypy\d*|git|bash|sh|zsh|pwsh|powershell|env|sudo|node|perl|ruby|lua|php|osascript)$/;
