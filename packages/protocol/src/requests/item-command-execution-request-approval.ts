import { Type as T, type Static } from "@sinclair/typebox";
import { CommandAction } from "../items.ts";
import { AdditionalFileSystemPermissions, AdditionalNetworkPermissions } from "../permissions.ts";
import { Defaulted, Experimental, Int64, Nullable, OptionalNull, Ours, Uint16, Words } from "../schema.ts";
import { LegacyAppPathString, NetworkApprovalProtocol } from "../values.ts";

export const AdditionalPermissionProfile = T.Object(
  { network: Nullable(AdditionalNetworkPermissions), fileSystem: Nullable(AdditionalFileSystemPermissions) },
  { title: "AdditionalPermissionProfile" },
);
export type AdditionalPermissionProfile = Static<typeof AdditionalPermissionProfile>;

export const ExecPolicyAmendment = T.Array(T.String(), { title: "ExecPolicyAmendment", namedIn: "types" });
export type ExecPolicyAmendment = Static<typeof ExecPolicyAmendment>;

export const NetworkPolicyRuleAction = Words(["allow", "deny"], { title: "NetworkPolicyRuleAction" });
export type NetworkPolicyRuleAction = Static<typeof NetworkPolicyRuleAction>;

export const NetworkPolicyAmendment = T.Object(
  { host: T.String(), action: NetworkPolicyRuleAction },
  { title: "NetworkPolicyAmendment" },
);
export type NetworkPolicyAmendment = Static<typeof NetworkPolicyAmendment>;

export const CommandExecutionApprovalDecision = T.Union(
  [
    Words(["accept", "acceptForSession", "decline", "cancel"]),
    T.Object(
      { acceptWithExecpolicyAmendment: T.Object({ execpolicy_amendment: ExecPolicyAmendment }) },
      { additionalProperties: false },
    ),
    T.Object(
      { applyNetworkPolicyAmendment: T.Object({ network_policy_amendment: NetworkPolicyAmendment }) },
      { additionalProperties: false },
    ),
  ],
  { title: "CommandExecutionApprovalDecision" },
);
export type CommandExecutionApprovalDecision = Static<typeof CommandExecutionApprovalDecision>;

export const CommandExecutionApprovalKind = Words(["command", "humanCommand", "writeStdin"], {
  title: "CommandExecutionApprovalKind",
});
export type CommandExecutionApprovalKind = Static<typeof CommandExecutionApprovalKind>;

export const NetworkApprovalContext = T.Object(
  { host: T.String(), protocol: NetworkApprovalProtocol, port: Ours(Uint16) },
  { title: "NetworkApprovalContext" },
);
export type NetworkApprovalContext = Static<typeof NetworkApprovalContext>;

export const Params = T.Object(
  {
    kind: Defaulted(CommandExecutionApprovalKind, "command"),
    threadId: T.String(),
    turnId: T.String(),
    itemId: T.String(),
    startedAtMs: Int64,
    approvalId: OptionalNull(T.String()),
    environmentId: Nullable(T.String()),
    reason: OptionalNull(T.String()),
    networkApprovalContext: OptionalNull(NetworkApprovalContext),
    command: OptionalNull(T.String()),
    cwd: OptionalNull(LegacyAppPathString),
    commandActions: OptionalNull(T.Array(CommandAction)),
    additionalPermissions: Experimental(OptionalNull(AdditionalPermissionProfile)),
    proposedExecpolicyAmendment: OptionalNull(ExecPolicyAmendment),
    proposedNetworkPolicyAmendments: OptionalNull(T.Array(NetworkPolicyAmendment)),
    availableDecisions: Experimental(OptionalNull(T.Array(CommandExecutionApprovalDecision))),
  },
  { title: "CommandExecutionRequestApprovalParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { decision: CommandExecutionApprovalDecision },
  { title: "CommandExecutionRequestApprovalResponse" },
);
export type Result = Static<typeof Result>;
