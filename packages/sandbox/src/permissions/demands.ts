import { allowedModes, allowedOr } from "@codex/config/apply-requirements";
import type { LoadedConfig } from "@codex/config/load-config";
import type { ManagedNetwork } from "@codex/config/managed-network";
import type { AskForApproval, ApprovalsReviewer, SandboxPolicy } from "@codex/protocol/thread";

/** What an administrator demands of what commands may do, whoever chooses it and when. */
export type Demands = Pick<LoadedConfig, "requirements" | "requirementsFile">;

/** Places that commands may never read: absolute paths and globs. */
export const deniedPlaces = ({ requirements }: Demands): readonly string[] =>
  requirements.permissions?.filesystem?.deny_read ?? [];

export const demandedNetwork = ({ requirements }: Demands): ManagedNetwork | undefined => requirements.network;

/** A choice and, where that is not allowed, the one that takes its place. */
export type Held = { readonly asked: string; readonly value: string; readonly warning: string | undefined };

/** `value` where it is allowed; else `safe` or the first that is, and a sentence for the person. Pure. */
function hold(key: string, value: string, allowed: readonly string[] | undefined, safe: string, file: string): Held {
  const held = allowedOr(value, allowed, safe);
  if (held === value) return { asked: value, value, warning: undefined };
  return { asked: value, value: held, warning: `\`${key} = "${value}"\` is not allowed by ${file}; using "${held}".` };
}

const modeName = (policy: SandboxPolicy["type"]): string => modeNames[policy];

const modeNames: Record<SandboxPolicy["type"], string> = {
  readOnly: "read-only",
  workspaceWrite: "workspace-write",
  dangerFullAccess: "danger-full-access",
  externalSandbox: "external-sandbox",
};

export const holdMode = (mode: string, { requirements, requirementsFile }: Demands): Held =>
  hold("sandbox_mode", mode, allowedModes(requirements), "read-only", requirementsFile);

/** Profiles where an administrator lists those that are allowed; a mode is then the built-in profile that is like it. */
export function holdProfile(name: string, { requirements, requirementsFile }: Demands): Held {
  const listed = requirements.allowed_permission_profiles;
  const allowed = listed && Object.keys(listed).filter((key) => listed[key] === true);
  const safe = requirements.default_permissions ?? ":read-only";
  return hold("default_permissions", name, allowed, safe, requirementsFile);
}

export const approvalName = (approval: AskForApproval): string =>
  typeof approval === "string" ? approval : "granular";

export const holdApproval = (approval: AskForApproval, { requirements, requirementsFile }: Demands): Held =>
  hold(
    "approval_policy",
    approvalName(approval),
    requirements.allowed_approval_policies,
    "on-request",
    requirementsFile,
  );

export const holdReviewer = (reviewer: ApprovalsReviewer, { requirements, requirementsFile }: Demands): Held =>
  hold("approvals_reviewer", reviewer, requirements.allowed_approvals_reviewers, "user", requirementsFile);

/** The profile that is like a mode. */
export const builtIn: { readonly [mode: string]: string | undefined } = {
  "read-only": ":read-only",
  "workspace-write": ":workspace",
  "danger-full-access": ":danger-full-access",
};

/** Why a policy may not be taken, in a sentence; undefined where it may. Wording of the original, which clients show. */
export function refusedPolicy(policy: SandboxPolicy, demands: Demands): string | undefined {
  const mode = modeName(policy.type);
  return holdMode(mode, demands).value === mode ? undefined : invalid("sandbox_mode", mode, demands);
}

/** Where profiles are listed, a policy of a client's own making is like none of them but a built-in one. */
function unlistedPolicy(policy: SandboxPolicy, demands: Demands): string | undefined {
  const mode = modeName(policy.type);
  const name = builtIn[mode] ?? mode;
  return holdProfile(name, demands).value === name ? undefined : invalid("sandbox_mode", mode, demands);
}

/** Why a turn may not change these settings so; undefined where it may. */
export function refusedOverride(
  asked: {
    readonly sandboxPolicy?: SandboxPolicy | null | undefined;
    readonly approvalPolicy?: AskForApproval | null | undefined;
    readonly approvalsReviewer?: ApprovalsReviewer | null | undefined;
  },
  demands: Demands,
): string | undefined {
  const { sandboxPolicy } = asked;
  const policy = sandboxPolicy && (refusedPolicy(sandboxPolicy, demands) ?? unlistedPolicy(sandboxPolicy, demands));
  if (policy) return policy;
  const approval = asked.approvalPolicy ? holdApproval(asked.approvalPolicy, demands) : undefined;
  const reviewer = asked.approvalsReviewer ? holdReviewer(asked.approvalsReviewer, demands) : undefined;
  if (approval?.warning !== undefined) return invalid("approval_policy", approval.asked, demands);
  return reviewer?.warning && invalid("approvals_reviewer", reviewer.asked, demands);
}

const invalid = (key: string, value: string, { requirementsFile }: Demands): string =>
  `invalid value for \`${key}\`: \`${value}\` is not allowed (set by ${requirementsFile})`;
