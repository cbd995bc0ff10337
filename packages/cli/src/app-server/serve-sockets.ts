import type { AppServer } from "@codex/app-server/server";
import { serveClients } from "@codex/app-server/serve-clients";
import type { Channel } from "@codex/app-server/transports/channel";
import { authorizer } from "@codex/app-server/transports/authorize";
import { serveWebSockets } from "@codex/app-server/transports/serve-websockets";
import { claimSocket, type ClaimedSocket } from "@codex/platform/claim-socket";
import { onSignal } from "@codex/platform/on-signal";
import { stdio } from "@codex/platform/stdio";
import type { Listener } from "@codex/platform/tcp";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { resolve } from "node:path";
import { refuse } from "../refuse.ts";
import { controlSocket } from "./control-socket.ts";
import { hostPort, type ListenTarget } from "./listen-target.ts";
import { readAuthFlags, type WebSocketAuthFlags } from "./read-auth-flags.ts";

type SocketTarget = Extract<ListenTarget, { type: "unix" | "websocket" }>;
type Door = {
  listen(onChannel: (channel: Channel) => void): Result<Listener, string>;
  /** Told once it listens. */
  banner(port: number): string;
  /** For an address that cannot be listened at. */
  refusal(reason: string): string;
  readonly claimed: ClaimedSocket | undefined;
};

/** Serves many clients until a signal comes; then what runs may end. A second signal ends it at once. */
export async function serveSockets(
  target: SocketTarget,
  flags: WebSocketAuthFlags,
  home: string,
  makeServer: () => AppServer,
): Promise<number> {
  const door = target.type === "unix" ? await unixDoor(target.path, home) : webSocketDoor(target, flags);
  if (!door.ok) return refuse(door.error);
  const { listen, banner, refusal, claimed } = door.value;
  const server = makeServer();
  const stopped = Promise.withResolvers<void>();
  onSignal(() => stopped.resolve());
  const serving = serveClients(server, listen);
  claimed?.settled();
  if (!serving.ok) {
    claimed?.release();
    return refuse(fail("usage", `Error: ${refusal(serving.error)}`));
  }
  stdio.err(banner(serving.value.port));
  await stopped.promise;
  if (server.work.running > 0) stdio.err(waiting(server.work.running));
  await serving.value.drain();
  await server.close();
  claimed?.release();
  return 0;
}

const waiting = (count: number): string =>
  `Waiting for ${count === 1 ? "a turn" : `${count} turns`} to end; a second signal stops at once.\n`;

function webSocketDoor(
  { hostname, port, loopback }: Extract<ListenTarget, { type: "websocket" }>,
  flags: WebSocketAuthFlags,
): Result<Door> {
  const auth = readAuthFlags(flags);
  if (!auth.ok) return auth;
  if (!loopback && auth.value.type === "none") {
    return usage(
      `refusing to start non-loopback websocket listener ${hostPort(hostname, port)} without auth; configure \`--ws-auth capability-token\` or \`--ws-auth signed-bearer-token\``,
    );
  }
  const authorize = authorizer(auth.value, Date.now);
  return ok({
    listen: (onChannel) => serveWebSockets({ hostname, port }, authorize, onChannel),
    banner: (chosen) => webSocketBanner(hostPort(hostname, chosen), loopback),
    refusal: (reason) => `cannot listen at ws://${hostPort(hostname, port)} (${reason}); choose another port`,
    claimed: undefined,
  });
}

const webSocketBanner = (address: string, loopback: boolean): string =>
  [
    "codex app-server (WebSockets)",
    `  listening on: ws://${address}`,
    `  readyz: http://${address}/readyz`,
    `  healthz: http://${address}/healthz`,
    loopback
      ? "  note: binds localhost only (use SSH port-forwarding for remote access)"
      : "  note: reachable from other machines; its clients need a token",
    "",
  ].join("\n");

async function unixDoor(path: string | undefined, home: string): Promise<Result<Door>> {
  const socket = path === undefined ? controlSocket(home) : resolve(path);
  const claimed = await claimSocket(socket, { ownFolder: path === undefined });
  if (!claimed.ok) {
    return claimed.error.type === "inUse"
      ? usage(`app-server control socket is already in use at ${socket}`)
      : usage(`cannot listen at ${socket}: ${claimed.error.reason}`);
  }
  return ok({
    listen: (onChannel) => serveWebSockets({ unix: claimed.value.bindAt }, () => undefined, onChannel),
    banner: () => "",
    refusal: (reason) => `cannot listen at ${socket} (${reason})`,
    claimed: claimed.value,
  });
}

const usage = (why: string): Result<never> => err(fail("usage", `Error: ${why}`));
