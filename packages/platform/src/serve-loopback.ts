import { err, ok, type Result } from "@codex/protocol/result";

/** A small HTTP server for this machine alone. */
export type LoopbackServer = {
  readonly port: number;
  /** Lets replies that have begun come to their end. */
  stop(): Promise<void>;
};

/** Listens on 127.0.0.1; port 0 takes a free one. */
export function serveLoopback(
  port: number,
  answer: (request: Request) => Response | Promise<Response>,
): Result<LoopbackServer, "inUse" | { reason: string }> {
  try {
    const server = Bun.serve({ hostname: "127.0.0.1", port, fetch: answer, idleTimeout: 60 });
    return ok({ port: server.port ?? port, stop: () => server.stop() });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (code === "EADDRINUSE") return err("inUse");
    return err({ reason: error instanceof Error ? error.message : String(error) });
  }
}

/**
 * Sends one bare GET to a server on this machine and waits for it to hang up, for two seconds at most. Past any proxy, and
 * without looking at the answer.
 */
export async function tellLoopback(port: number, path: string): Promise<void> {
  const over = Promise.withResolvers<void>();
  const timer = setTimeout(over.resolve, 2_000);
  try {
    const socket = await Bun.connect({
      hostname: "127.0.0.1",
      port,
      socket: { data: () => undefined, close: () => over.resolve(), error: () => over.resolve() },
    });
    socket.write(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nConnection: close\r\n\r\n`);
    await over.promise;
    socket.terminate();
  } catch {
    // It has gone meanwhile.
  } finally {
    clearTimeout(timer);
  }
}
