import type { Listener } from "@codex/platform/tcp";
import type { Result } from "@codex/protocol/result";
import { serveChannel } from "./serve-channel.ts";
import type { AppServer } from "./server.ts";
import type { Channel } from "./transports/channel.ts";

/** A server that many clients may reach. */
export type ClientServer = {
  readonly port: number;
  /** Takes no more clients and no new work, lets what runs come to its end, then tells the clients and hangs up. */
  drain(): Promise<void>;
};

/** Serves every client that `listen` brings, until it is drained. */
export function serveClients(
  server: AppServer,
  listen: (onChannel: (channel: Channel) => void) => Result<Listener, string>,
): Result<ClientServer, string> {
  const channels = new Set<Channel>();
  const listening = listen((channel) => {
    channels.add(channel);
    void serveChannel(server, channel).finally(() => {
      channels.delete(channel);
      server.work.look();
    });
  });
  if (!listening.ok) return listening;
  const drain = async () => {
    server.work.drain();
    listening.value.stop();
    await server.work.idle(() => channels.size > 0);
    await Promise.all([...channels].map((channel) => channel.close("draining", farewell)));
  };
  return { ok: true, value: { port: listening.value.port, drain } };
}

/** ms for a client to take what was said last, and to say that it has. */
const farewell = 1000;
