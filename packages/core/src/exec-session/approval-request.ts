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
  /** The words of a rule that would allow it for good. */
  readonly amendment: readonly string[] | undefined;
};

/** What a face is asked before a command runs. Shape: requests of the original. Pure. */
export function approvalRequest(asked: AskedCommand): ServerRequestParams["item/commandExecution/requestApproval"] {
  const { threadId, turnId, itemId, startedAtMs, command, cwd } = asked;
  const amendment = asked.amendment && [...asked.amendment];
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

/** All that can be answered; the original leaves out what it takes all the same. */
const decisions = (amendment: string[] | undefined): CommandDecision[] => [
  "accept",
  "acceptForSession",
  ...(amendment ? [{ acceptWithExecpolicyAmendment: { execpolicy_amendment: amendment } }] : []),
  "decline",
  "cancel",
];
