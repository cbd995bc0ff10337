import type { CommandDecision, NetworkPolicyAmendment, ServerRequestParams } from "@codex/protocol/approvals";
import type { NetworkRequest } from "@codex/sandbox/network/judge-request";
import type { CommandRun } from "../exec-session/command-run.ts";

type Ids = {
  readonly threadId: string;
  readonly turnId: string;
  readonly itemId: string;
  readonly approvalId: string;
  readonly startedAtMs: number;
};

/** What a face is asked when a running command wants to reach a host that no rule covers. Shape: the original. Pure. */
export function networkApprovalRequest(
  ids: Ids,
  { command, cwd, actions }: CommandRun["shown"],
  { host, port, protocol }: Pick<NetworkRequest, "host" | "port" | "protocol">,
): ServerRequestParams["item/commandExecution/requestApproval"] {
  const amendments = (["allow", "deny"] as const).map((action): NetworkPolicyAmendment => ({ host, action }));
  return {
    kind: "command",
    ...ids,
    environmentId: "local",
    reason: `The command wants to reach ${host} port ${port}, which no network rule covers.`,
    command,
    cwd,
    commandActions: actions,
    networkApprovalContext: { host, protocol, port },
    proposedNetworkPolicyAmendments: amendments,
    availableDecisions: ["accept", "acceptForSession", ...amendments.map(amended), "decline", "cancel"],
  };
}

const amended = (network_policy_amendment: NetworkPolicyAmendment): CommandDecision => ({
  applyNetworkPolicyAmendment: { network_policy_amendment },
});
