import { connectInProcess, type ProtocolClient } from "@codex/app-server/client";
import { createAppServer } from "@codex/app-server/server";
import { loadConfig, type LoadedConfig, type LoadInput } from "@codex/config/load-config";
import { createEngine } from "@codex/core/create-engine";
import { systemClock } from "@codex/platform/clock";
import type { Environment } from "@codex/platform/env";
import { debugLog } from "@codex/platform/log";
import { ok, type Result } from "@codex/protocol/result";
import { commandWorld } from "./command-world.ts";
import { logClient } from "./log-client.ts";
import { providerOf } from "./provider-of.ts";

export type ComposeInput = {
  readonly codexHome: string;
  readonly env: Environment;
  /** Absolute. */
  readonly cwd: string;
  /** The config that was loaded for `cwd` with what the command line said. */
  readonly loaded: LoadedConfig;
  /** How it was loaded, for threads in other folders. */
  readonly loadInput: LoadInput;
};

/** The whole program behind one client: the only place that knows every package. */
export function compose(input: ComposeInput): { client: ProtocolClient; close(): Promise<void> } {
  const { codexHome, env, cwd, loaded, loadInput } = input;
  const debug = debugLog(env, "codex");
  const server = createAppServer((audience) =>
    createEngine({
      codexHome,
      env,
      cwd,
      clock: systemClock,
      audience,
      loadConfig: (folder, overrides) => configFor(folder, overrides, { cwd, loaded, loadInput }),
      provider: (id, config) => providerOf(id, config, { codexHome, env }),
      commands: commandWorld(codexHome, env, loaded.config.sandbox, debug),
      debug,
    }),
  );
  const client = logClient(connectInProcess(server), debug);
  return {
    client,
    close: async () => {
      await server.engine.close();
      client.close();
    },
  };
}

async function configFor(
  folder: string,
  overrides: Record<string, unknown>,
  known: Pick<ComposeInput, "cwd" | "loaded" | "loadInput">,
): Promise<Result<LoadedConfig>> {
  const flags = Object.entries(overrides).map(([key, value]) => `${key}=${JSON.stringify(value)}`);
  if (folder === known.cwd && flags.length === 0) return ok(known.loaded);
  return loadConfig({ ...known.loadInput, cwd: folder, overrides: [...(known.loadInput.overrides ?? []), ...flags] });
}
