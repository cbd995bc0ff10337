import { describeRequirements } from "@codex/config/describe-requirements";
import type { LoadedConfig } from "@codex/config/load-config";
import { stdio } from "@codex/platform/stdio";
import { fail } from "@codex/protocol/errors";
import type { Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import { refuse } from "../refuse.ts";

/** One line of JSON for programs that start a server: that the config can be read, and what an administrator demands. */
export function printStartupConfig(loaded: Result<LoadedConfig>): number {
  if (!loaded.ok) return refuse(fail("usage", `Error: startup configuration unavailable\n${loaded.error.message}`));
  const requirements = describeRequirements(loaded.value.requirements);
  const configRequirements = { supportsIndependentSpeedModes: true, requirements };
  stdio.out(`${JSON.stringify({ appServerVersion: version, configRequirements })}\n`);
  return 0;
}
