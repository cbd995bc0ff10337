import type { LoadedConfig } from "@codex/config/load-config";
import type { Environment } from "@codex/platform/env";
import type { Result } from "@codex/protocol/result";
import type { CommandWorld } from "./tools/make-tool-kit.ts";

/** The machine and the settings that threads have, for what a client runs beside them. */
export type EngineHost = {
  readonly env: Environment;
  /** Absolute; where a relative path of a client starts. */
  readonly cwd: string;
  /** The config as it holds in a folder, with a client's dotted overrides. */
  loadConfig(cwd: string, overrides: Record<string, unknown>): Promise<Result<LoadedConfig>>;
  readonly commands: CommandWorld;
};
