import { serveChannel } from "@codex/app-server/serve-channel";
import { stdioChannel } from "@codex/app-server/transports/stdio-channel";
import { codexHome } from "@codex/config/codex-home";
import { loadConfig } from "@codex/config/load-config";
import { currentEnvironment } from "@codex/platform/env";
import { onSignal } from "@codex/platform/on-signal";
import { stdio } from "@codex/platform/stdio";
import { composeServer } from "./compose.ts";
import type { AppServerFlags } from "./commands/app-server.ts";
import { greetingOf } from "./greeting.ts";
import { loadInput } from "./load-input.ts";
import { refuse } from "./refuse.ts";

/** `codex app-server` from parsed argv to its exit code. */
export async function runAppServer(flags: AppServerFlags): Promise<number> {
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return refuse(home.error);
  const cwd = process.cwd();
  const input = loadInput(flags, home.value, cwd, env);
  const loaded = await loadConfig(input);
  if (!loaded.ok) {
    if (flags.strictConfig) return refuse(loaded.error);
    stdio.err(`${loaded.error.message}\nInvalid configuration; using defaults.\n`);
  }
  const server = composeServer({
    codexHome: home.value,
    env,
    cwd,
    loaded: loaded.ok ? loaded.value : undefined,
    loadConfig: (folder, overrides) =>
      loadConfig({ ...input, cwd: folder, overrides: [...(input.overrides ?? []), ...overrides] }),
    greeting: async () => greetingOf(home.value, loaded),
  });
  const channel = stdioChannel();
  onSignal(() => void channel.close("done", 0));
  await serveChannel(server, channel);
  // Ends what runs and writes that down; who still listens hears of it.
  await server.engine.close();
  await channel.close("done", lastWords);
  return 0;
}

/** ms for a client to take what was said last. */
const lastWords = 2000;
