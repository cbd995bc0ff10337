import { connectInProcess, type ProtocolClient } from "@codex/app-server/client";
import { createAppServer } from "@codex/app-server/server";
import { readCredentials } from "@codex/auth/read-credentials";
import { loadConfig, type LoadedConfig, type LoadInput } from "@codex/config/load-config";
import { createEngine } from "@codex/core/create-engine";
import { userShell } from "@codex/core/exec-session/choose-shell";
import { resolveProvider } from "@codex/model/providers";
import { systemClock } from "@codex/platform/clock";
import type { Environment } from "@codex/platform/env";
import { findProgram } from "@codex/platform/find-program";
import { debugLog } from "@codex/platform/log";
import { ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import { thisMachine } from "@codex/sandbox/machine";
import { makeLauncher } from "@codex/sandbox/make-launcher";
import { readText } from "@codex/platform/read-file";
import { join } from "node:path";
import { toolFolder } from "./tool-folder.ts";

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
  const server = createAppServer((audience) =>
    createEngine({
      codexHome,
      env,
      cwd,
      clock: systemClock,
      audience,
      loadConfig: (folder, overrides) => configFor(folder, overrides, { cwd, loaded, loadInput }),
      provider: (id, config) =>
        resolveProvider(id, {
          providers: config.model_providers ?? {},
          openAiBaseUrl: config.openai_base_url,
          env,
          credentials: () => credentials(codexHome, env),
          version,
        }),
      commands: {
        launcher: makeLauncher({ machine: thisMachine, codexHome, env, inner: innerInvocation() }),
        shell: { path: userShell(env.SHELL, (program) => findProgram(program, env.PATH ?? "", "/")) },
        toolFolder: toolFolder(),
      },
      debug: debugLog(env, "codex"),
    }),
  );
  const client = connectInProcess(server);
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

function credentials(codexHome: string, env: Environment) {
  const stored = readText(join(codexHome, "auth.json"));
  return readCredentials({ environmentKey: env.CODEX_API_KEY, authJson: stored.ok ? stored.value : undefined });
}

/** How this program starts itself as the sandbox's inner stage: compiled it is one file, from source Bun needs the script. */
const innerInvocation = (): string[] => [
  process.execPath,
  ...(Bun.main.startsWith("/$bunfs/") ? [] : [Bun.main]),
  "--codex-inner-sandbox",
];
