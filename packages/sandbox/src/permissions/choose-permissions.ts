import type { LoadedConfig } from "@codex/config/load-config";
import { originOf } from "@codex/config/merge-layers";
import { homeFolder, type Environment } from "@codex/platform/env";
import { ok, type Result } from "@codex/protocol/result";
import type { SandboxMode, SandboxPolicy } from "@codex/protocol/thread";
import { policyOf } from "../policy-of.ts";
import { nearestPolicy } from "./file-rules.ts";
import { readProfile, type PermissionProfile } from "./profile.ts";

export type Permissions = { readonly policy: SandboxPolicy; readonly profile: PermissionProfile | undefined };

/**
 * What commands may do: by a mode that a client asks for, else by `default_permissions` or `sandbox_mode`, whichever stands in
 * the higher layer of the config. In one layer the profile counts; source: the original.
 */
export function choosePermissions(
  { config, layers }: Pick<LoadedConfig, "config" | "layers">,
  asked: SandboxMode | undefined,
  env: Environment,
): Result<Permissions> {
  const name = asked === undefined && profileIsAbove(layers) ? config.default_permissions : undefined;
  if (name === undefined) {
    return ok({ policy: policyOf(asked ?? config.sandbox_mode ?? "read-only", config), profile: undefined });
  }
  const profile = readProfile(name, config.permissions, homeFolder(env));
  return profile.ok ? ok({ policy: nearestPolicy(profile.value), profile: profile.value }) : profile;
}

function profileIsAbove(layers: LoadedConfig["layers"]): boolean {
  const heightOf = (key: string): number => {
    const layer = originOf(layers, [key]);
    return layer === undefined ? -1 : layers.indexOf(layer);
  };
  return heightOf("default_permissions") >= heightOf("sandbox_mode");
}
