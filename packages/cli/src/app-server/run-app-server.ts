import type { Auth } from "@codex/auth/open-auth";
import type { AppServer } from "@codex/app-server/server";
import { codexHome } from "@codex/config/codex-home";
import { loadConfig, type LoadedConfig, type LoadInput } from "@codex/config/load-config";
import { currentEnvironment } from "@codex/platform/env";
import { onBug } from "@codex/platform/on-bug";
import { stdio } from "@codex/platform/stdio";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { composeServer } from "../compose.ts";
import { loadInput } from "../load-input.ts";
import { openProgramAuth } from "../program-auth.ts";
import { refuse } from "../refuse.ts";
import type { SharedOptions } from "../shared-options.ts";
import { errorPlace } from "./error-place.ts";
import { greetingOf } from "./greeting.ts";
import type { ListenTarget } from "./listen-target.ts";
import type { WebSocketAuthFlags } from "./read-auth-flags.ts";
import { serveStdio } from "./serve-stdio.ts";

export type AppServerFlags = SharedOptions &
  WebSocketAuthFlags & {
    listen?: ListenTarget;
    stdio?: boolean;
    startupSignOut?: boolean;
    printStartupConfig?: boolean;
  };

/** `codex app-server` from parsed argv to its exit code. */
export async function runAppServer(flags: AppServerFlags): Promise<number> {
  const prepared = await prepareServer(flags);
  if (!prepared.ok) return refuse(prepared.error);
  const { home, loaded, makeServer } = prepared.value;
  if (flags.printStartupConfig) {
    const { printStartupConfig } = await import("./print-startup-config.ts");
    return printStartupConfig(loaded);
  }
  if (!loaded.ok) stdio.err(`Invalid configuration; using defaults. ${errorPlace(loaded.error)}\n`);
  onBug((message) => stdio.err(`Something went wrong inside Codex: ${message}\n`));
  return listen(flags.listen ?? { type: "stdio" }, flags, home, makeServer);
}

type Prepared = { home: string; loaded: Result<LoadedConfig>; makeServer: () => AppServer };

/** Everything that is read before a server is made. A config that cannot be used is an error only where it must not be. */
export async function prepareServer(flags: AppServerFlags): Promise<Result<Prepared>> {
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return home;
  const input = loadInput(flags, home.value, process.cwd(), env);
  const loaded = await loadConfig(input);
  if (!loaded.ok && !flags.printStartupConfig && (flags.strictConfig || (await isFlagsFault(input)))) return loaded;
  const config = loaded.ok ? loaded.value.config : undefined;
  const latest: Latest = { client: undefined };
  const auth = await openProgramAuth({ ...input, config, environmentKey: "last", client: () => latest.client });
  if (flags.startupSignOut) {
    const out = await auth.logout();
    if (!out.ok) return err(fail("usage", `Error: ${out.error}`));
  }
  return ok({ home: home.value, loaded, makeServer: () => serverFor(input, loaded, auth, latest) });
}

/** The client that said hello last: requests that belong to none of them go out in its name. */
type Latest = { client: { name: string; version: string } | undefined };

/** A mistake on the command line ends the start; one in a file is told to the clients, who may be able to mend it. */
async function isFlagsFault(input: LoadInput): Promise<boolean> {
  const nowhere = "/nonexistent";
  const alone = await loadConfig({ ...input, codexHome: nowhere, cwd: "/", systemDir: nowhere });
  return !alone.ok;
}

const serverFor = (input: LoadInput, loaded: Result<LoadedConfig>, auth: Auth, latest: Latest): AppServer =>
  composeServer({
    codexHome: input.codexHome,
    env: input.env,
    auth,
    cwd: input.cwd,
    loaded: loaded.ok ? loaded.value : undefined,
    loadConfig: (cwd, flags) => configFor(cwd, flags, input),
    greeting: async () => greetingOf(input.codexHome, loaded),
    introduced: (client) => {
      latest.client = client;
    },
  });

/** Read anew each time: a server lives long. */
async function configFor(cwd: string, flags: string[], input: LoadInput): Promise<Result<LoadedConfig>> {
  const loaded = await loadConfig({ ...input, cwd, overrides: [...(input.overrides ?? []), ...flags] });
  if (loaded.ok) return loaded;
  return err({ ...loaded.error, message: `failed to load configuration: ${errorPlace(loaded.error)}` });
}

async function listen(
  target: ListenTarget,
  flags: AppServerFlags,
  home: string,
  makeServer: () => AppServer,
): Promise<number> {
  if (target.type === "stdio") return serveStdio(makeServer());
  if (target.type === "off") return refuse(fail("usage", "Error: no transport configured; use --listen URL"));
  const { serveSockets } = await import("./serve-sockets.ts");
  return serveSockets(target, flags, home, makeServer);
}
