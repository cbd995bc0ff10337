import type { ProtocolClient } from "@codex/app-server/client";
import { codexHome } from "@codex/config/codex-home";
import { loadConfig } from "@codex/config/load-config";
import { currentEnvironment } from "@codex/platform/env";
import { ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import { resolve } from "node:path";
import { compose } from "../compose.ts";
import { loadInput } from "../load-input.ts";
import type { SharedOptions } from "../shared-options.ts";

export type Sessions = { readonly client: ProtocolClient; close(): Promise<void> };

/** The saved sessions behind a client that has said hello. */
export async function openSessions(flags: SharedOptions): Promise<Result<Sessions>> {
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return home;
  const cwd = resolve(flags.cd ?? ".");
  const input = loadInput(flags, home.value, cwd, env);
  const loaded = await loadConfig(input);
  if (!loaded.ok) return loaded;
  const program = compose({ codexHome: home.value, env, cwd, loaded: loaded.value, loadInput: input });
  const hello = await program.client.request("initialize", { clientInfo: { name: "codex-tui", version } });
  return hello.ok ? ok(program) : hello;
}
