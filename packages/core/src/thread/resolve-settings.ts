import { configError } from "@codex/config/config-problem";
import type { Config } from "@codex/config/schema";
import type { LoadedConfig } from "@codex/config/load-config";
import { defaultModel, lookupModel, readCatalogue, type ModelInfo } from "@codex/model/catalogue";
import type { Provider } from "@codex/model/providers";
import type { Environment } from "@codex/platform/env";
import { realPath, readText } from "@codex/platform/read-file";
import { fail, type CodexError } from "@codex/protocol/errors";
import type { Params } from "@codex/protocol/methods";
import { err, ok, type Result } from "@codex/protocol/result";
import {
  approvalName,
  holdApproval,
  holdReviewer,
  refusedOverride,
  type Demands,
} from "@codex/sandbox/permissions/demands";
import { choosePermissions } from "@codex/sandbox/permissions/choose-permissions";
import { resolve } from "node:path";
import { baseInstructions } from "../context/base-instructions.ts";
import { networkRules } from "../network/network-rules.ts";
import type { StoredThread } from "../store/stored-thread.ts";
import type { Overrides } from "./stored-overrides.ts";
import type { ThreadSettings } from "./thread-settings.ts";

export type ResolveDeps = { readonly env: Environment; provider(id: string, config: Config): Result<Provider> };

/**
 * What a thread runs with: what its client asked for, else the config; of what it ran with before (`stored`) the
 * instructions stay. Everything that would make the first request fail for certain is an error here.
 */
export function resolveSettings(
  loaded: Pick<
    LoadedConfig,
    "config" | "layers" | "trusted" | "trustedFiles" | "trust" | "rules" | "requirements" | "requirementsFile"
  >,
  cwd: string,
  overrides: Overrides,
  stored: StoredThread | undefined,
  deps: ResolveDeps,
): Result<ThreadSettings> {
  const { config } = loaded;
  const before = stored?.turnContext;
  const provider = deps.provider(overrides.modelProvider ?? config.model_provider ?? "openai", config);
  if (!provider.ok) return provider.error.code === "invalidRequest" ? err(notConfigured(provider.error)) : provider;
  const slug = overrides.model ?? config.model ?? defaultModel;
  const model = findModel(slug, config);
  if (!model.ok) return model;
  const instructions = readInstructions(config, overrides, stored);
  if (!instructions.ok) return instructions;
  const permissions = choosePermissions(byName(loaded, overrides), overrides.sandbox ?? undefined, deps.env);
  if (!permissions.ok) return permissions;
  const { policy, profile, implied, demands } = permissions.value;
  const held = holdAsked(overrides, loaded, demands);
  const network = networkRules(config, permissions.value);
  if (!network.ok) return network;
  const moved = before !== undefined && before.model !== model.value.model.slug;
  return ok({
    config,
    provider: provider.value,
    model: model.value.model,
    warnings: [
      ...(moved ? [otherModel(before.model, model.value.model.slug)] : []),
      ...(model.value.warning === undefined ? [] : [model.value.warning]),
      ...permissions.value.warnings,
      ...held.warnings,
    ],
    cwd,
    workspaceRoots: roots(cwd, overrides.runtimeWorkspaceRoots ?? []),
    policy,
    profile,
    impliedProfile: implied,
    demands,
    trusted: loaded.trusted,
    trustedFiles: loaded.trustedFiles,
    rules: loaded.rules,
    approval: held.approval,
    reviewer: held.reviewer,
    effort: overrides.effort === undefined ? config.model_reasoning_effort : (overrides.effort ?? undefined),
    summary: config.model_reasoning_summary,
    verbosity: config.model_verbosity,
    serviceTier: overrides.serviceTier ?? config.service_tier,
    baseInstructions: instructions.value,
    developerInstructions: overrides.developerInstructions ?? config.developer_instructions,
  });
}

/** Wording of the original, by which clients know what to mend. */
const notConfigured = (error: CodexError): CodexError => ({
  ...error,
  message: `failed to load configuration: ${error.message}`,
});

/** A permission profile that a client names counts before all that the config's layers say. */
const byName = <T extends Pick<LoadedConfig, "config" | "layers">>(loaded: T, { permissions }: Overrides): T =>
  permissions ? { ...loaded, config: { ...loaded.config, default_permissions: permissions }, layers: [] } : loaded;

/** What a turn asks to change, for itself and those after it. */
export function overrideSettings(settings: ThreadSettings, params: Params<"turn/start">): Result<ThreadSettings> {
  const model = params.model ? findModel(params.model, settings.config) : undefined;
  if (model && !model.ok) return model;
  const policy = params.sandboxPolicy ?? settings.policy;
  const profile = params.sandboxPolicy ? undefined : settings.profile;
  const impliedProfile = params.sandboxPolicy ? undefined : settings.impliedProfile;
  const { demands } = settings;
  const refused = refusedOverride(params, demands);
  if (refused !== undefined) return err(configError(`invalid thread settings override: ${refused}`));
  const network = networkRules(settings.config, { policy, profile, demands });
  if (!network.ok) return network;
  const cwd = params.cwd ? resolve(settings.cwd, params.cwd) : settings.cwd;
  return ok({
    ...settings,
    cwd,
    workspaceRoots: cwd === settings.cwd ? settings.workspaceRoots : roots(cwd, settings.workspaceRoots.slice(1)),
    model: model ? model.value.model : settings.model,
    warnings: model?.value.warning === undefined ? settings.warnings : [model.value.warning],
    approval: params.approvalPolicy ?? settings.approval,
    reviewer: params.approvalsReviewer ?? settings.reviewer,
    policy,
    profile,
    impliedProfile,
    serviceTier: params.serviceTier ?? settings.serviceTier,
    effort: params.effort ?? settings.effort,
    summary: params.summary ?? settings.summary,
  });
}

/** Canonical, so that a link put in a root's place later does not move it; the working directory comes first. */
const roots = (cwd: string, more: readonly string[]): string[] => [
  ...new Set([cwd, ...more].map((root) => realPath(root) ?? root)),
];

/** Who is asked, and when: what the requirements do not allow gives way to what they do. */
function holdAsked(overrides: Overrides, loaded: Pick<LoadedConfig, "config" | "trust">, demands: Demands) {
  const { config } = loaded;
  const wanted = overrides.approvalPolicy ?? approvalOf(loaded);
  const approval = holdApproval(wanted, demands);
  const reviewer = holdReviewer(overrides.approvalsReviewer ?? config.approvals_reviewer ?? "user", demands);
  return {
    // The requirements name policies as the config does.
    approval: approval.value === approvalName(wanted) ? wanted : (approval.value as typeof wanted),
    reviewer: reviewer.value as ThreadSettings["reviewer"],
    warnings: [approval.warning, reviewer.warning].filter((warning) => warning !== undefined),
  };
}

function approvalOf({ config, trust }: Pick<LoadedConfig, "config" | "trust">): ThreadSettings["approval"] {
  const policy = config.approval_policy;
  if (policy === undefined) return trust === "untrusted" ? "untrusted" : "on-request";
  if (policy === "on-failure") return "on-request";
  if (typeof policy === "string") return policy;
  const { granular = {} } = policy;
  return {
    granular: {
      sandbox_approval: granular.sandbox_approval ?? false,
      rules: granular.rules ?? false,
      mcp_elicitations: granular.mcp_elicitations ?? false,
      skill_approval: granular.skill_approval ?? false,
      request_permissions: granular.request_permissions ?? false,
    },
  };
}

function findModel(slug: string, config: Config): Result<{ model: ModelInfo; warning: string | undefined }> {
  const path = config.model_catalog_json;
  const text = path === undefined ? undefined : readText(path);
  if (text && (!text.ok || text.value === undefined)) {
    return err(
      fail("invalidRequest", `model_catalog_json: ${path} cannot be read. Correct the path, or leave it out.`),
    );
  }
  const catalogue = text?.ok && text.value !== undefined ? readCatalogue(text.value, path ?? "") : undefined;
  if (catalogue && !catalogue.ok) return catalogue;
  return ok(lookupModel(slug, { catalogue: catalogue?.value, contextWindow: config.model_context_window }));
}

/** A resumed thread keeps the instructions it began with, so that the provider's cache still knows its beginning. */
function readInstructions(config: Config, overrides: Overrides, stored: StoredThread | undefined): Result<string> {
  const kept = stored?.baseInstructions;
  if (kept !== undefined && !overrides.baseInstructions) return ok(kept);
  const path = config.model_instructions_file;
  const file = path === undefined ? undefined : readText(path);
  if (file && (!file.ok || file.value === undefined)) {
    return err(
      fail("invalidRequest", `model_instructions_file: ${path} cannot be read. Correct the path, or leave it out.`),
    );
  }
  return ok(
    baseInstructions({
      ...(overrides.baseInstructions ? { thread: overrides.baseInstructions } : {}),
      ...(file?.ok && file.value !== undefined ? { file: file.value } : {}),
      ...(config.instructions === undefined ? {} : { config: config.instructions }),
    }),
  );
}

const otherModel = (before: string, now: string): string =>
  `This session was recorded with model \`${before}\` but is resuming with \`${now}\`. Consider switching back to \`${before}\` as it may affect Codex performance.`;
