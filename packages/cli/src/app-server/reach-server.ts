import type { Channel } from "@codex/app-server/transports/channel";
import { connectWebSocket } from "@codex/app-server/transports/connect-websocket";
import { socketBehind } from "@codex/platform/claim-socket";
import { connectByTls, connectTo, connectToSocket } from "@codex/platform/tcp";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { resolve } from "node:path";
import { controlSocket } from "./control-socket.ts";

/** Where a running app server is. */
export type ServerAddress =
  | { readonly type: "unix"; readonly path: string }
  | {
      readonly type: "websocket";
      readonly secure: boolean;
      readonly hostname: string;
      readonly port: number;
      /** With the query. */
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
        `Error: invalid remote address \`${text}\`; expected \`ws://host:port\`, \`wss://host:port\`, \`unix://\`, or \`unix://PATH\``,
      ),
    );
  }
  const secure = url.protocol === "wss:";
  const port = Number(url.port) || (secure ? 443 : 80);
  const hostname = url.hostname.replace(/^\[|\]$/g, "");
  return ok({ type: "websocket", secure, hostname, port, path: `${url.pathname}${url.search}` });
}

/** A channel to it; the error says why there is none. */
export async function reachServer(address: ServerAddress, token?: string): Promise<Result<Channel, string>> {
  if (address.type === "unix") {
    const connected = await connectToSocket(socketBehind(address.path));
    return connected.ok ? connectWebSocket(connected.value, { host: "localhost" }) : err(inWords(connected.error));
  }
  const { hostname, port, path, secure } = address;
  const host = `${hostname.includes(":") ? `[${hostname}]` : hostname}:${port}`;
  const connected = await (secure ? connectByTls : connectTo)(hostname, port, patience);
  return connected.ok ? connectWebSocket(connected.value, { host, path, token }) : err(inWords(connected.error));
}

/** ms. */
const patience = 10_000;

export const isLoopback = (hostname: string): boolean =>
  hostname === "localhost" || hostname === "::1" || hostname.startsWith("127.");

const inWords = (code: string): string => words[code] ?? code;

const words: Readonly<Record<string, string>> = {
  ENOENT: "No such file or directory; start it with `codex app-server daemon start`.",
  ECONNREFUSED: "Connection refused; nothing listens there.",
  EACCES: "Permission denied.",
};
