import type { Connection } from "@codex/platform/tcp";
import type { ByteReader } from "./byte-reader.ts";

/** Passes bytes both ways until both sides have ended, or one is gone. */
export async function tunnel(client: Connection, fromClient: ByteReader, server: Connection): Promise<void> {
  await Promise.all([pass(() => fromClient.some(Infinity), server), pass(() => server.read(), client)]);
}

/** Passes on what `next` gives until it gives nothing more, and says so to the other side. */
async function pass(next: () => Promise<Uint8Array | undefined>, to: Connection): Promise<void> {
  for (let bytes = await next(); bytes !== undefined; bytes = await next()) {
    if (!(await to.write(bytes))) return;
  }
  to.end();
}
