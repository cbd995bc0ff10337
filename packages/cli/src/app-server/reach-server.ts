import type { Channel } from "@codex/app-server/transports/channel";
import { connectWebSocket } from "@codex/app-server/transports/connect-websocket";
import { socketBehind } from "@codex/platform/claim-socket";
import { connectByTls, connectTo, connectToSocket } from "@codex/platform/tcp";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { resolve } from "node:path";
import { controlSocket } from "./control-socket.ts";

/** A running app server, as `--remote` names it. */
export type ServerAddress =
  | { readonly type: "unix"; readonly path: string }
  | {
      readonly type: "websocket";
      readonly secure: boolean;
      readonly hostname: string;
      readonly port: number;
      readonly path: string;
    };

/** Reads `ws://HOST:PORT`, `wss://HOST:PORT`, `unix://` (the server of this Codex home) or `unix://PATH`. */
export function readServerAddress(text: string, codexHome: string): Result<ServerAddress> {
  if (text.startsWith("unix://")) {
    const path = text.slice("unix://".length);
    return ok({ type: "unix", path: path === "" ? controlSocket(codexHome) : resolve(path) });
  }
  const url = /^wss?:\/\/[^/]/.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (!url) {
    return err(
      fail(
        "usage",
        `Error: --remote ${text} is no address; use ws://HOST:PORT, wss://HOST:PORT, unix:// or unix://PATH.`,
      ),
    );
  }
  const secure = url.protocol === "wss:";
  const port = Number(url.port) || (secure ? 443 : 80);
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  return ok({ type: "websocket", secure, hostname, port, path: `${url.pathname}${url.search}` });
}

/** A channel to it. A token is never sent in the clear to another machine. */
export async function reachServer(address: ServerAddress, token?: string): Promise<Result<Channel>> {
  if (address.type === "unix") {
    const connected = await connectToSocket(socketBehind(address.path));
    if (!connected.ok) return unreachable(address.path, connected.error);
    const channel = await connectWebSocket(connected.value, { host: "localhost" });
    return channel.ok ? channel : unreachable(address.path, channel.error);
  }
  const { hostname, port, path, secure } = address;
  const host = `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
  if (token !== undefined && !secure && !isLoopback(hostname)) {
    return err(
      fail(
        "usage",
        `Error: a token is sent over wss:// only, or to this machine; ws://${host} would show it to others.`,
      ),
    );
  }
  const connected = await (secure ? connectByTls : connectTo)(hostname, port, patience);
  if (!connected.ok) return unreachable(host, connected.error);
  const channel = await connectWebSocket(connected.value, { host, path, token });
  return channel.ok ? channel : unreachable(host, channel.error);
}

/** ms. */
const patience = 10_000;

const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "::1" || hostname.startsWith("127.");

const unreachable = (where: string, why: string): Result<never> =>
  err(fail("usage", `Error: failed to connect to socket at ${where}: ${words[why] ?? why}`));

const words: Readonly<Record<string, string>> = {
  ENOENT: "No such file or directory; start it with `codex app-server --listen unix://`.",
  ECONNREFUSED: "Connection refused; start it with `codex app-server --listen`.",
  EACCES: "Permission denied.",
};
