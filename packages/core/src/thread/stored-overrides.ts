import type { LoadedConfig } from "@codex/config/load-config";
import type { Params } from "@codex/protocol/methods";
import type { SandboxMode } from "@codex/protocol/thread";
import { configuredMode } from "@codex/sandbox/permissions/choose-permissions";
import { fieldsOf, textOf, textsOf } from "../store/fields.ts";
import type { StoredThread } from "../store/stored-thread.ts";

/** What a client asked a thread to run with; `effort: null` is the model's own. */
export type Overrides = Params<"thread/start"> & { readonly effort?: string | null };

type Kept = Pick<StoredThread, "meta" | "turnContext" | "settings">;
type Loaded = Pick<LoadedConfig, "config" | "trusted">;

/**
 * A resumed thread goes on as it was: what its client does not say is taken from what was stored. Who names a model or a
 * provider chooses both and the effort anew. Source: what the original 0.169.0 answers.
 */
export function resumeOverrides(params: Overrides, stored: Kept, loaded: Loaded): Overrides {
  const { meta, turnContext, settings } = stored;
  const { model, modelProvider } = params;
  const choosesModel = [model, modelProvider, params.config?.["model"], params.config?.["model_reasoning_effort"]].some(
    (choice) => choice !== undefined && choice !== null,
  );
  const kept = choosesModel || turnContext === undefined ? {} : modelOf(turnContext, settings, meta);
  const roots = params.cwd ? [] : textsOf(fieldsOf(settings)["runtime_workspace_roots"]);
  return {
    ...permissionOverrides(params, stored, loaded),
    ...kept,
    ...(params.runtimeWorkspaceRoots === undefined && roots.length > 0 ? { runtimeWorkspaceRoots: roots } : {}),
    ...(params.serviceTier === undefined ? { serviceTier: textOf(fieldsOf(settings)["service_tier"]) } : {}),
  };
}

/** A fork takes the model and all that goes with it from the config, but may do no more and no less than its parent. */
export function permissionOverrides(params: Overrides, { turnContext, settings }: Kept, loaded: Loaded): Overrides {
  if (turnContext === undefined) return params;
  const chosen = params.sandbox ?? params.permissions ?? undefined;
  return {
    ...params,
    approvalPolicy: params.approvalPolicy ?? turnContext.approvalPolicy,
    approvalsReviewer: params.approvalsReviewer ?? turnContext.approvalsReviewer,
    ...(chosen === undefined ? sandboxOf(turnContext, settings, loaded) : {}),
  };
}

const modelOf = (
  { model, effort }: NonNullable<Kept["turnContext"]>,
  settings: Kept["settings"],
  meta: Kept["meta"],
): Pick<Overrides, "model" | "modelProvider" | "effort"> => ({
  model,
  effort,
  modelProvider: textOf(fieldsOf(settings)["model_provider_id"]) ?? meta.model_provider ?? undefined,
});

/** Leave to write, once given to a thread, holds only where the config still gives it; else nothing may be written. */
function sandboxOf(
  { sandboxPolicy }: NonNullable<Kept["turnContext"]>,
  settings: Kept["settings"],
  loaded: Loaded,
): Pick<Overrides, "sandbox" | "permissions"> {
  const profile = textOf(fieldsOf(fieldsOf(settings)["active_permission_profile"])["id"]);
  if (profile !== undefined && (profile.startsWith(":") || Object.hasOwn(loaded.config.permissions ?? {}, profile))) {
    return { permissions: profile };
  }
  if (sandboxPolicy.type === "externalSandbox") return {};
  const modes: Record<typeof sandboxPolicy.type, SandboxMode> = {
    dangerFullAccess: "danger-full-access",
    readOnly: "read-only",
    workspaceWrite: configuredMode(loaded) === "workspace-write" ? "workspace-write" : "read-only",
  };
  return { sandbox: modes[sandboxPolicy.type] };
}
