import type { CommandAction } from "./items.ts";

/** The questions the server asks a face, with the face's answers. Shapes: the JSON Schema that the original 0.169.0 prints. */
export type ServerRequestParams = {
  "item/commandExecution/requestApproval": {
    kind: "command";
    threadId: string;
    turnId: string;
    itemId: string;
    startedAtMs: number;
    environmentId: string | null;
    reason?: string | null;
    command?: string | null;
    cwd?: string | null;
    commandActions?: CommandAction[] | null;
    proposedExecpolicyAmendment?: string[] | null;
    /** Tells questions about one item apart. */
    approvalId?: string | null;
    /** The command runs and wants to reach this host. `port` is ours. */
    networkApprovalContext?: { host: string; protocol: NetworkProtocol; port: number } | null;
    proposedNetworkPolicyAmendments?: NetworkPolicyAmendment[] | null;
    availableDecisions?: CommandDecision[] | null;
  };
  "item/fileChange/requestApproval": {
    threadId: string;
    turnId: string;
    itemId: string;
    startedAtMs: number;
    reason?: string | null;
    grantRoot?: string | null;
  };
};

export type NetworkProtocol = "http" | "https" | "socks5Tcp" | "socks5Udp";
export type NetworkPolicyAmendment = { host: string; action: "allow" | "deny" };

export type CommandDecision =
  | "accept"
  | "acceptForSession"
  | { acceptWithExecpolicyAmendment: { execpolicy_amendment: string[] } }
  | { applyNetworkPolicyAmendment: { network_policy_amendment: NetworkPolicyAmendment } }
  | "decline"
  | "cancel";
export type FileChangeDecision = "accept" | "acceptForSession" | "decline" | "cancel";

export type ServerRequestResults = {
  "item/commandExecution/requestApproval": { decision: CommandDecision } & Reason;
  "item/fileChange/requestApproval": { decision: FileChangeDecision } & Reason;
};

/** Why it was declined, for the model. Not of the wire: only the automatic reviewer gives one. */
type Reason = { reason?: string };

export type ServerRequestMethod = keyof ServerRequestParams;

export type ServerRequest = {
  [Method in ServerRequestMethod]: { id: number; method: Method; params: ServerRequestParams[Method] };
}[ServerRequestMethod];
