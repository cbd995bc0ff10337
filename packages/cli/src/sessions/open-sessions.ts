import type { ProtocolClient } from "@codex/app-server/client";
import { codexHome } from "@codex/config/codex-home";
import { loadConfig } from "@codex/config/load-config";
import { currentEnvironment } from "@codex/platform/env";
import { ok, type Result } from "@codex/protocol/result";
import { version } from "@codex/protocol/version";
import { resolve } from "node:path";
import { compose } from "../compose.ts";
import { openProgramAuth } from "../program-auth.ts";
import { loadInput } from "../load-input.ts";
import type { RemoteFlags } from "../remote-options.ts";
import type { SharedOptions } from "../shared-options.ts";

export type Sessions = { readonly client: ProtocolClient; close(): Promise<void> };

export type SessionOptions = SharedOptions & RemoteFlags;

/** The saved sessions of this machine, or of the server that `--remote` names, behind a client that has said hello. */
export async function openSessions(flags: SessionOptions): Promise<Result<Sessions>> {
  const isRemote = flags.remote !== undefined || flags.remoteAuthTokenEnv !== undefined;
  const sessions = await (isRemote ? openRemote(flags) : openHere(flags));
  if (!sessions.ok) return sessions;
  const hello = await sessions.value.client.request("initialize", {
    clientInfo: { name: "codex-tui", version },
    capabilities: { experimentalApi: true },
  });
  if (hello.ok) return sessions;
  await sessions.value.close();
  return hello;
}

async function openRemote(flags: SessionOptions): Promise<Result<Sessions>> {
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return home;
  const { remoteClient } = await import("../app-server/remote-client.ts");
  const client = await remoteClient(flags, { env, codexHome: home.value });
  return client.ok ? ok({ client: client.value, close: async () => client.value.close() }) : client;
}

async function openHere(flags: SessionOptions): Promise<Result<Sessions>> {
  const env = currentEnvironment();
  const home = codexHome(env);
  if (!home.ok) return home;
  const cwd = resolve(flags.cd ?? ".");
  const input = loadInput(flags, home.value, cwd, env);
  const loaded = await loadConfig(input);
  if (!loaded.ok) return loaded;
  const auth = await openProgramAuth({ ...input, config: loaded.value.config, environmentKey: "last" });
  return ok(compose({ codexHome: home.value, env, auth, cwd, loaded: loaded.value, loadInput: input }));
}
