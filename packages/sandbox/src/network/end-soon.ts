import type { Connection } from "@codex/platform/tcp";

/** ms */
const patience = 2000;

/**
 * Says that nothing more comes, and leaves the other side a while to read what came: a connection closed with bytes unread is
 * reset, and the answer lost. Whoever calls this goes on reading.
 */
export function endSoon(client: Connection): void {
  client.end();
  const timer = setTimeout(() => client.destroy(), patience);
  void client.gone.then(() => clearTimeout(timer));
}
