import type { ConfigWarning } from "./config-problem.ts";
import { nest, type ConfigTable, type ConfigValue } from "./config-value.ts";
import { mergeTables } from "./merge-layers.ts";
import type { Requirements } from "./requirements.ts";
import type { PartialConfig } from "./schema.ts";

/** What must change in a config so that it obeys, and a sentence for each change a person would notice. */
export type Fixes = { readonly table: ConfigTable; readonly warnings: readonly ConfigWarning[] };

type Fix = { readonly path: readonly string[]; readonly value: ConfigValue; readonly was: unknown };

/** A value that is not allowed falls back, one that is demanded is set. `file` is named in the warnings. */
export function applyRequirements(config: PartialConfig, requirements: Requirements, file: string): Fixes {
  const fixes = [
    ...choices(config, requirements),
    ...demands(config, requirements),
    ...featureDemands(config, requirements),
    ...serverDemands(config, requirements),
    ...addedInstructions(config, requirements),
  ];
  return {
    table: fixes.reduce<ConfigTable>((table, fix) => mergeTables(table, nest(fix.path, fix.value) as ConfigTable), {}),
    warnings: fixes.filter((fix) => fix.was !== undefined).map((fix) => ({ message: sentence(fix, file) })),
  };
}

const sentence = ({ path, value, was }: Fix, file: string): string =>
  `\`${path.join(".")} = ${JSON.stringify(was)}\` is not allowed by ${file}; using ${JSON.stringify(value)}.`;

/** `value` if it is allowed, else the safe one if that is, else the first that is. */
export function allowedOr(value: string, allowed: readonly string[] | undefined, safe: string): string {
  if (allowed === undefined || allowed.includes(value)) return value;
  return allowed.includes(safe) ? safe : (allowed[0] ?? safe);
}

/** `disabled` is always allowed for web search. */
const searchModes = (modes: readonly string[] | undefined) => modes && [...modes, "disabled"];

function choices(config: PartialConfig, requirements: Requirements): Fix[] {
  const approval = config.approval_policy;
  return [
    choice(
      "approval_policy",
      typeof approval === "object" ? "granular" : approval,
      requirements.allowed_approval_policies,
      "on-request",
    ),
    choice("sandbox_mode", config.sandbox_mode, allowedModes(requirements), "read-only"),
    choice("approvals_reviewer", config.approvals_reviewer, requirements.allowed_approvals_reviewers, "user"),
    choice("web_search", config.web_search, searchModes(requirements.allowed_web_search_modes), "disabled"),
    choice(
      "forced_login_method",
      config.forced_login_method ?? onlyOne(requirements.allowed_login_methods),
      requirements.allowed_login_methods,
      "api",
    ),
  ].flat();
}

/** What must not be read can only be kept from commands by a sandbox. */
export function allowedModes({
  allowed_sandbox_modes: allowed,
  permissions,
}: Requirements): readonly string[] | undefined {
  if ((permissions?.filesystem?.deny_read ?? []).length === 0) return allowed;
  return (allowed ?? confinedModes).filter((mode) => confinedModes.includes(mode));
}

const confinedModes: readonly string[] = ["read-only", "workspace-write"];

const onlyOne = (allowed: readonly string[] | undefined): string | undefined =>
  allowed?.length === 1 ? allowed[0] : undefined;

function choice(key: string, was: string | undefined, allowed: readonly string[] | undefined, safe: string): Fix[] {
  if (was === undefined) return [];
  const value = allowedOr(was, allowed, safe);
  return value === was ? [] : [{ path: [key], value, was }];
}

const demanded = [
  "model_provider",
  "chatgpt_base_url",
  "cli_auth_credentials_store",
  "default_permissions",
  "allow_login_shell",
  "check_for_update_on_startup",
  "sqlite_home",
  "log_dir",
  "model_catalog_json",
] as const;

function demands(config: PartialConfig, requirements: Requirements): Fix[] {
  return demanded.flatMap((key) => {
    const value = requirements[key];
    // One of the profiles that are listed may be chosen; the demand is for who chooses none of them.
    const chosen = key === "default_permissions" ? config.default_permissions : undefined;
    if (chosen !== undefined && requirements.allowed_permission_profiles?.[chosen] === true) return [];
    return value === undefined || config[key] === value ? [] : [{ path: [key], value, was: config[key] }];
  });
}

function featureDemands(config: PartialConfig, requirements: Requirements): Fix[] {
  return Object.entries(requirements.features ?? {}).flatMap(([name, value]) => {
    const was = config.features?.[name];
    return was === value ? [] : [{ path: ["features", name], value, was }];
  });
}

/** Where servers are listed, only those may run, and only as the command or url they are listed with. */
function serverDemands(config: PartialConfig, requirements: Requirements): Fix[] {
  const listed = requirements.mcp_servers;
  if (listed === undefined) return [];
  return Object.entries(config.mcp_servers ?? {}).flatMap(([name, server]) => {
    const identity = Object.hasOwn(listed, name) ? listed[name]?.identity : undefined;
    const same = identity !== undefined && identity.command === server.command && identity.url === server.url;
    return same || server.enabled === false
      ? []
      : [{ path: ["mcp_servers", name, "enabled"], value: false, was: server.enabled ?? true }];
  });
}

function addedInstructions(config: PartialConfig, { additional_developer_instructions: added }: Requirements): Fix[] {
  if (added === undefined) return [];
  const value = config.developer_instructions === undefined ? added : `${config.developer_instructions}\n\n${added}`;
  return [{ path: ["developer_instructions"], value, was: undefined }];
}

/** The policies of a managed_config.toml bind, too: what it sets is the most that is allowed. */
export function managedRequirements(managed: PartialConfig): Requirements {
  const { approval_policy: approval, sandbox_mode: sandbox } = managed;
  return {
    ...(typeof approval === "string" && { allowed_approval_policies: [approval] }),
    ...(sandbox !== undefined && { allowed_sandbox_modes: [...new Set(["read-only", sandbox])] }),
  };
}
