import { nearestPolicy } from "@codex/sandbox/permissions/file-rules";
import type { PermissionProfile, ProfileEntry } from "@codex/sandbox/permissions/profile";
import type { ThreadSettings } from "../thread/thread-settings.ts";

/** What the user allowed beyond the sandbox's policy. Paths are absolute. */
export type Grant = { readonly network: boolean; readonly read: readonly string[]; readonly write: readonly string[] };

/** The settings with what was granted in them. Nothing that an administrator denies is given away by it. */
export function withGrant(settings: ThreadSettings, grant: Grant): ThreadSettings {
  const { policy, profile } = settings;
  if (policy.type === "dangerFullAccess" || policy.type === "externalSandbox") return settings;
  if (policy.type === "workspaceWrite" && !profile) {
    const writableRoots = [...new Set([...policy.writableRoots, ...grant.write])];
    return { ...settings, policy: { ...policy, writableRoots, networkAccess: policy.networkAccess || grant.network } };
  }
  if (policy.type === "readOnly" && !profile && grant.write.length === 0) {
    return { ...settings, policy: { ...policy, networkAccess: policy.networkAccess || grant.network } };
  }
  const base = profile ?? { ...readsAll, network: policy.networkAccess };
  const wider: PermissionProfile = {
    ...base,
    network: base.network || grant.network,
    entries: [...base.entries, ...entries(grant.read, "read"), ...entries(grant.write, "write")],
  };
  return { ...settings, profile: wider, policy: nearestPolicy(wider) };
}

const readsAll: PermissionProfile = {
  name: "",
  unconfined: false,
  entries: [{ place: "root", access: "read" }],
  network: false,
  scanDepth: undefined,
};

const entries = (paths: readonly string[], access: "read" | "write"): ProfileEntry[] =>
  paths.map((path) => ({ place: "path", path, access }));
