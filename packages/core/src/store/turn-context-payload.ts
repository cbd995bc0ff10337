import type { JsonObject } from "@codex/protocol/json";
import type { AskForApproval, SandboxPolicy } from "@codex/protocol/thread";
import { permissionEntries, type PermissionEntry } from "../context/permission-entries.ts";
import { fieldsOf, given, oneOf, textOf, textsOf, type Fields } from "./fields.ts";
import type { TurnContext } from "./rollout-record.ts";

export function contextFields(context: TurnContext): JsonObject {
  const settings = { model: context.model, reasoning_effort: context.effort, developer_instructions: null };
  return {
    turn_id: context.turnId,
    root_turn_id: context.turnId,
    disabled_plugin_ids: [],
    cwd: context.cwd,
    approval_policy: context.approvalPolicy,
    approvals_reviewer: context.approvalsReviewer,
    permission_profile: permissionProfile(context.sandboxPolicy, context.workspaceRoots),
    model: context.model,
    collaboration_mode: { mode: "default", settings },
    realtime_active: false,
    ...given({ effort: context.effort }),
    summary: context.summary,
    sandbox_policy: policyFields(context.sandboxPolicy),
  };
}

/** The policy once more in the form that the original 0.169.0 resumes from. */
export function permissionProfile(policy: SandboxPolicy, workspaceRoots: readonly string[]): JsonObject {
  const entries = permissionEntries(policy, workspaceRoots);
  if (!entries)
    return policy.type === "externalSandbox"
      ? { type: "external", network: policy.networkAccess }
      : { type: "disabled" };
  const network = "networkAccess" in policy && policy.networkAccess ? "enabled" : "restricted";
  return { type: "managed", file_system: { type: "restricted", entries: entries.map(entryFields) }, network };
}

const entryFields = (entry: PermissionEntry): JsonObject => ({
  path: placeFields(entry),
  access: entry.access,
  ...("protected" in entry && entry.protected ? { missing_path_behavior: "skip" } : {}),
});

function placeFields(entry: PermissionEntry): JsonObject {
  if ("special" in entry) return { type: "special", value: { kind: entry.special } };
  return "glob" in entry ? { type: "glob_pattern", pattern: entry.glob } : { type: "path", path: entry.path };
}

/** Undefined where the line does not say which model and folder the turn had. */
export function contextOf(fields: Fields): TurnContext | undefined {
  const [cwd, model] = [textOf(fields["cwd"]), textOf(fields["model"])];
  if (cwd === undefined || model === undefined) return undefined;
  const settings = fieldsOf(fieldsOf(fields["collaboration_mode"])["settings"]);
  return {
    turnId: textOf(fields["turn_id"]) ?? "",
    cwd,
    model,
    effort: textOf(fields["effort"]) ?? textOf(settings["reasoning_effort"]) ?? null,
    summary: textOf(fields["summary"]) ?? "auto",
    approvalPolicy: approvalOf(fields["approval_policy"]),
    approvalsReviewer: oneOf(fields["approvals_reviewer"], ["user", "auto_review", "guardian_subagent"]),
    sandboxPolicy: policyOf(fieldsOf(fields["sandbox_policy"])),
    workspaceRoots: [cwd],
  };
}

function approvalOf(value: unknown): AskForApproval {
  const granular = fieldsOf(value)["granular"];
  if (granular === undefined) return oneOf(value, ["on-request", "untrusted", "never"]);
  const on = (key: string): boolean => fieldsOf(granular)[key] === true;
  return {
    granular: {
      sandbox_approval: on("sandbox_approval"),
      rules: on("rules"),
      skill_approval: on("skill_approval"),
      request_permissions: on("request_permissions"),
      mcp_elicitations: on("mcp_elicitations"),
    },
  };
}

/** A sandbox policy as the original stores it: type in kebab-case, keys in snake_case. */
function policyFields(policy: SandboxPolicy): JsonObject {
  switch (policy.type) {
    case "dangerFullAccess":
      return { type: "danger-full-access" };
    case "readOnly":
      return { type: "read-only", ...(policy.networkAccess ? { network_access: true } : {}) };
    case "externalSandbox":
      return { type: "external-sandbox", network_access: policy.networkAccess };
    case "workspaceWrite":
      return {
        type: "workspace-write",
        ...(policy.writableRoots.length === 0 ? {} : { writable_roots: policy.writableRoots }),
        network_access: policy.networkAccess,
        exclude_tmpdir_env_var: policy.excludeTmpdirEnvVar,
        exclude_slash_tmp: policy.excludeSlashTmp,
      };
  }
}

/** A policy that we do not know reads as the strictest. */
function policyOf(fields: Fields): SandboxPolicy {
  switch (fields["type"]) {
    case "danger-full-access":
      return { type: "dangerFullAccess" };
    case "external-sandbox":
      return { type: "externalSandbox", networkAccess: oneOf(fields["network_access"], ["restricted", "enabled"]) };
    case "workspace-write":
      return {
        type: "workspaceWrite",
        writableRoots: textsOf(fields["writable_roots"]),
        networkAccess: fields["network_access"] === true,
        excludeTmpdirEnvVar: fields["exclude_tmpdir_env_var"] === true,
        excludeSlashTmp: fields["exclude_slash_tmp"] === true,
      };
    default:
      return { type: "readOnly", networkAccess: fields["network_access"] === true };
  }
}
