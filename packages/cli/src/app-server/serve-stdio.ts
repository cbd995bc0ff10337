import { serveChannel } from "@codex/app-server/serve-channel";
import type { AppServer } from "@codex/app-server/server";
import { stdioChannel } from "@codex/app-server/transports/stdio-channel";
import { onSignal } from "@codex/platform/on-signal";

/** One client on the standard streams, until it ends its input or a signal comes. Whatever runs then is ended and written down. */
export async function serveStdio(server: AppServer): Promise<number> {
  const channel = stdioChannel();
  onSignal(() => void channel.close("done", 0));
  await serveChannel(server, channel, () => server.close());
  await channel.close("done", lastWords);
  return 0;
}

/** ms for a client to take what was said last. */
const lastWords = 2000;
