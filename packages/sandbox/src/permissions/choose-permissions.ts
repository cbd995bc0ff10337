import { configError } from "@codex/config/config-problem";
import type { LoadedConfig } from "@codex/config/load-config";
import { originOf } from "@codex/config/merge-layers";
import { homeFolder, type Environment } from "@codex/platform/env";
import { err, ok, type Result } from "@codex/protocol/result";
import type { SandboxMode, SandboxPolicy } from "@codex/protocol/thread";
import { policyOf } from "../policy-of.ts";
import { builtIn, holdMode, holdProfile, refusedPolicy, type Demands } from "./demands.ts";
import { nearestPolicy } from "./file-rules.ts";
import { readProfile, type PermissionProfile } from "./profile.ts";

export type Permissions = {
  readonly policy: SandboxPolicy;
  readonly profile: PermissionProfile | undefined;
  /** The built-in profile that is in force because nothing else was chosen. */
  readonly implied?: string | undefined;
  /** The administrator's, which hold for every later choice too. */
  readonly demands: Demands;
  /** What was chosen and is not allowed, in sentences for the person. */
  readonly warnings: readonly string[];
};

/**
 * What commands may do: by a mode that a client asks for, else by `default_permissions` or `sandbox_mode`, whichever stands in
 * the higher layer of the config. In one layer the profile counts; source: the original. Where none of them is there, a trusted
 * project may be written and any other only read. What the requirements do not allow gives way to what they do.
 */
export function choosePermissions(
  loaded: Pick<LoadedConfig, "config" | "layers" | "trusted" | keyof Demands>,
  asked: SandboxMode | undefined,
  env: Environment,
): Result<Permissions> {
  const { config, layers, requirements, requirementsFile } = loaded;
  const demands: Demands = { requirements, requirementsFile };
  const profileNamed = (name: string, warnings: readonly string[]): Result<Permissions> => {
    const profile = readProfile(name, config.permissions, homeFolder(env));
    if (!profile.ok) return profile;
    const policy = nearestPolicy(profile.value);
    const refused = refusedPolicy(policy, demands);
    if (refused !== undefined) return err(configError(refused));
    return ok({ policy, profile: { ...profile.value, tmpdir: env.TMPDIR }, demands, warnings });
  };

  const named = asked === undefined && profileIsAbove(layers) ? config.default_permissions : undefined;
  const mode = holdMode(asked ?? configuredMode(loaded), demands);
  const wanted = named ?? builtIn[mode.value] ?? "";
  const profile = holdProfile(wanted, demands);
  if (named !== undefined || profile.value !== wanted) {
    return profileNamed(profile.value, profile.warning === undefined ? [] : [profile.warning]);
  }
  const policy = policyOf(mode.value as SandboxMode, config);
  const warnings = mode.warning === undefined ? [] : [mode.warning];
  const implied = asked === undefined && config.sandbox_mode === undefined ? builtIn[mode.value] : undefined;
  return ok({ policy, profile: undefined, implied, demands, warnings });
}

/** What the config itself asks for, as a client would. */
export function configuredPermissions(
  loaded: Pick<LoadedConfig, "config" | "layers" | "trusted">,
): { permissions: string } | { sandbox: SandboxMode } {
  const { config, layers } = loaded;
  return config.default_permissions !== undefined && profileIsAbove(layers)
    ? { permissions: config.default_permissions }
    : { sandbox: configuredMode(loaded) };
}

/** The mode of the config, or the one that the person's trust in the project gives. */
export const configuredMode = ({ config, trusted }: Pick<LoadedConfig, "config" | "trusted">): SandboxMode =>
  config.sandbox_mode ?? (trusted ? "workspace-write" : "read-only");

function profileIsAbove(layers: LoadedConfig["layers"]): boolean {
  const heightOf = (key: string): number => {
    const layer = originOf(layers, [key]);
    return layer === undefined ? -1 : layers.indexOf(layer);
  };
  return heightOf("default_permissions") >= heightOf("sandbox_mode");
}
