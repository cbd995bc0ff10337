import { cookieFetch } from "@codex/auth/cloudflare-cookies/with-cookies";
import { codexHome } from "@codex/config/codex-home";
import { loadConfig } from "@codex/config/load-config";
import { describeEnvironment } from "@codex/exec-server/describe-environment";
import type { Executor } from "@codex/exec-server/executor";
import { openSessions } from "@codex/exec-server/session";
import { currentEnvironment } from "@codex/platform/env";
import { authorityFile } from "@codex/platform/http";
import { debugLog } from "@codex/platform/log";
import { realPath } from "@codex/platform/read-file";
import { stdio } from "@codex/platform/stdio";
import { ok, type Result } from "@codex/protocol/result";
import { isAbsolute } from "node:path";
import { errorPlace } from "../app-server/error-place.ts";
import { commandWorld } from "../command-world.ts";
import type { WebSocketAuthFlags } from "../app-server/read-auth-flags.ts";
import { loadInput } from "../load-input.ts";
import { ownProgram } from "../own-program.ts";
import { presentation } from "../program-auth.ts";
import type { SharedOptions } from "../shared-options.ts";

export type ExecServerFlags = SharedOptions & WebSocketAuthFlags & { listen?: string; concurrentRequests?: number };

/** Everything that the service needs of this machine. Of the config only `[sandbox]` counts: clients say all else. */
export async function composeExecutor(flags: ExecServerFlags): Promise<Result<Executor>> {
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return home;
  const cwd = process.cwd();
  const loaded = await loadConfig(loadInput(flags, home.value, cwd, env));
  if (!loaded.ok && flags.strictConfig) return loaded;
  // A server far away must not be lost to a slip in a file that hardly concerns it.
  if (!loaded.ok) stdio.err(`Invalid configuration; using defaults. ${errorPlace(loaded.error)}\n`);
  const settings = loaded.ok ? loaded.value.config.sandbox : undefined;
  const debug = debugLog(env, "codex");
  const { launcher, shell, toolFolder } = commandWorld(home.value, env, settings, debug);
  const program = ownProgram();
  return ok({
    info: describeEnvironment({ env, cwd, shell: shell.path, toolFolder }),
    env: toolFolder === undefined || env["PATH"] === undefined ? env : { ...env, PATH: `${toolFolder}:${env["PATH"]}` },
    launcher,
    fileHelper: {
      argv: [...program, "--codex-file-helper"],
      reads: program.filter(isAbsolute).flatMap((path) => [path, realPath(path) ?? path]),
    },
    http: {
      fetch: cookieFetch,
      userAgent: presentation(env, undefined).userAgent,
      authorityFile: authorityFile(env),
    },
    sessions: openSessions(keptWithoutConnection),
    log: debug,
  });
}

/** ms. The original's clients try for a minute to come back; it keeps sessions for longer than that, and less than two minutes. */
const keptWithoutConnection = 90_000;
