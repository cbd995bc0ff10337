import type { Auth } from "@codex/auth/open-auth";
import { connectInProcess, type ProtocolClient } from "@codex/app-server/client";
import { createAppServer, type AppServer } from "@codex/app-server/server";
import type { ConfigValue } from "@codex/config/config-value";
import { formatValue } from "@codex/config/format-toml";
import { loadConfig, type LoadedConfig, type LoadInput } from "@codex/config/load-config";
import { createEngine } from "@codex/core/create-engine";
import { systemClock } from "@codex/platform/clock";
import type { Environment } from "@codex/platform/env";
import { debugLog } from "@codex/platform/log";
import { isObject } from "@codex/protocol/json";
import { ok, type Result } from "@codex/protocol/result";
import { commandWorld } from "./command-world.ts";
import { logClient } from "./log-client.ts";
import { providerOf } from "./provider-of.ts";

export type ComposeInput = {
  readonly codexHome: string;
  readonly env: Environment;
  readonly auth: Auth;
  /** Absolute. */
  readonly cwd: string;
  /** The config that was loaded for `cwd` with what the command line said. */
  readonly loaded: LoadedConfig;
  /** How it was loaded, for threads in other folders. */
  readonly loadInput: LoadInput;
};

/** The whole program behind one client: the only place that knows every package. */
export function compose(input: ComposeInput): { client: ProtocolClient; close(): Promise<void> } {
  const { cwd, loaded, loadInput } = input;
  const known = { cwd, loaded, loadInput };
  const server = composeServer({ ...input, loadConfig: (folder, flags) => configFor(folder, flags, known) });
  const client = logClient(connectInProcess(server), debugLog(input.env, "codex"));
  return {
    client,
    close: async () => {
      await server.close();
      client.close();
    },
  };
}

export type ComposeServerInput = Pick<ComposeInput, "codexHome" | "env" | "auth" | "cwd"> & {
  /** Undefined where the config cannot be read. */
  readonly loaded: LoadedConfig | undefined;
  /** The config as it holds in a folder, with a client's overrides written as flags are. */
  loadConfig(folder: string, flags: string[]): Promise<Result<LoadedConfig>>;
  readonly greeting?: AppServer["greeting"];
  readonly introduced?: AppServer["introduced"];
};

/** The server for clients in this process or on a wire. */
export function composeServer(input: ComposeServerInput): AppServer {
  const { codexHome, env, auth, cwd, loaded, greeting, introduced } = input;
  const debug = debugLog(env, "codex");
  return createAppServer(
    (audience) =>
      createEngine({
        codexHome,
        env,
        cwd,
        clock: systemClock,
        audience,
        loadConfig: (folder, overrides) => input.loadConfig(folder, flagsOf(overrides)),
        provider: (id, config) => providerOf(id, config, { auth, codexHome, env, requirements: loaded?.requirements }),
        commands: commandWorld(codexHome, env, loaded?.config.sandbox, debug),
        debug,
      }),
    { auth, ...(greeting && { greeting }), ...(introduced && { introduced }) },
  );
}

const flagsOf = (overrides: Record<string, unknown>): string[] =>
  Object.entries(overrides).flatMap(([key, value]) => (isConfigValue(value) ? [`${key}=${formatValue(value)}`] : []));

async function configFor(
  folder: string,
  flags: string[],
  known: Pick<ComposeInput, "cwd" | "loaded" | "loadInput">,
): Promise<Result<LoadedConfig>> {
  if (folder === known.cwd && flags.length === 0) return ok(known.loaded);
  return loadConfig({ ...known.loadInput, cwd: folder, overrides: [...(known.loadInput.overrides ?? []), ...flags] });
}

/** What JSON may bring; it knows no dates, and null stands for "as configured". */
const isConfigValue = (value: unknown): value is ConfigValue =>
  ["string", "number", "boolean"].includes(typeof value) ||
  (Array.isArray(value) ? value.every(isConfigValue) : isObject(value) && Object.values(value).every(isConfigValue));
