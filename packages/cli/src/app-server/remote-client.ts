import type { ProtocolClient } from "@codex/app-server/client";
import { connectWire } from "@codex/app-server/wire-client";
import type { Environment } from "@codex/platform/env";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import type { RemoteFlags } from "../remote-options.ts";
import { isLoopback, reachServer, readServerAddress } from "./reach-server.ts";

/** The client of the server that `--remote` names. It has not said hello yet. */
export async function remoteClient(
  { remote, remoteAuthTokenEnv: variable }: RemoteFlags,
  { env, codexHome }: { env: Environment; codexHome: string },
): Promise<Result<ProtocolClient>> {
  if (remote === undefined) return refused("`--remote-auth-token-env` requires `--remote`.");
  const address = readServerAddress(remote, codexHome);
  if (!address.ok) return address;
  if (
    variable !== undefined &&
    (address.value.type === "unix" || !(address.value.secure || isLoopback(address.value.hostname)))
  ) {
    return refused("`--remote-auth-token-env` requires a `wss://` or loopback `ws://` remote.");
  }
  const token = variable === undefined ? undefined : env[variable]?.trim();
  if (variable !== undefined && !token) return refused(`environment variable \`${variable}\` is not set`);
  const channel = await reachServer(address.value, token);
  if (channel.ok) return ok(connectWire(channel.value));
  return refused(`failed to connect to remote app server ${remote}: ${channel.error}`);
}

const refused = (why: string): Result<never> => err(fail("usage", `Error: ${why}`));
