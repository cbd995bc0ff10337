import type { Authorize } from "@codex/app-server/transports/answer-http";
import type { Channel } from "@codex/app-server/transports/channel";
import { serveWebSockets } from "@codex/app-server/transports/serve-websockets";
import type { ListenAddress } from "@codex/platform/tcp";
import type { Result } from "@codex/protocol/result";
import type { Executor } from "./executor.ts";
import { serveClient } from "./serve-client.ts";

/** Serves the one client of a channel; ends all that it started when it leaves, as nobody can come back to it. */
export async function serveOne(executor: Executor, channel: Channel, concurrency: number): Promise<void> {
  await serveClient(executor, channel, concurrency);
  await executor.sessions.close();
}

export type ExecServer = {
  readonly port: number;
  /** Takes no more clients, hangs up, and ends all that they started. */
  stop(): Promise<void>;
};

/** Serves every WebSocket client that may come in. The error says why it cannot listen. */
export function serveMany(
  executor: Executor,
  at: ListenAddress,
  authorize: Authorize,
  concurrency: number,
): Result<ExecServer, string> {
  const channels = new Set<Channel>();
  const onChannel = (channel: Channel): void => {
    channels.add(channel);
    void serveClient(executor, channel, concurrency).finally(() => channels.delete(channel));
  };
  const listening = serveWebSockets(at, authorize, onChannel, { probes: ["/readyz"], upgradeAt: "/" });
  if (!listening.ok) return listening;
  const { port, stop } = listening.value;
  return {
    ok: true,
    value: {
      port,
      async stop() {
        stop();
        await Promise.all([...channels].map((channel) => channel.close("done", farewell)));
        await executor.sessions.close();
      },
    },
  };
}

/** ms for a client to say that it has heard the end. */
const farewell = 500;
