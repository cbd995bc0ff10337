import { listenRaw, type RawListener } from "@codex/platform/raw-socket";
import type { Result } from "@codex/protocol/result";
import { ClientConnection } from "./client-connection.ts";
import type { ProxyContext } from "./proxy-context.ts";

const longestPause = 1000;

/** Listens on loopback and serves. The error says why it cannot. */
export function serveProxy(port: number, context: ProxyContext): Result<RawListener, string> {
  const clients = new Set<ClientConnection>();
  const listening = listenRaw("127.0.0.1", port, (socket) => {
    const client = new ClientConnection(context, socket, (closed) => void clients.delete(closed));
    clients.add(client);
    return client;
  });
  if (!listening.ok) return listening;
  const { idleTimeoutMs } = context;
  // One timer for all connections: a timer for each request would cost more than the request's head.
  const pause = idleTimeoutMs > 0 ? Math.min(longestPause, Math.max(20, idleTimeoutMs / 4)) : longestPause;
  const timer = setInterval(() => {
    const now = performance.now();
    for (const client of clients) client.check(now);
    context.pool.closeIdle(now);
  }, pause);
  return {
    ok: true,
    value: {
      port: listening.value.port,
      stop() {
        clearInterval(timer);
        listening.value.stop();
      },
    },
  };
}
