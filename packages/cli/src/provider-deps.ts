import type { Auth } from "@codex/auth/open-auth";
import type { Requirements } from "@codex/config/requirements";
import type { Environment } from "@codex/platform/env";

/** What it takes to find the provider that a config names. */
export type ProviderDeps = {
  auth: Auth;
  codexHome: string;
  env: Environment;
  /** What the administrator demands; undefined where the config could not be read. */
  requirements: Pick<Requirements, "enforce_residency"> | undefined;
};
