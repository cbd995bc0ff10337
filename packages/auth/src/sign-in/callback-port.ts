import { serveLoopback, tellLoopback, type LoopbackServer } from "@codex/platform/serve-loopback";
import { err, type Result } from "@codex/protocol/result";
import type { CancelProof } from "./cancel-proof.ts";

/** The ports that the service lets a browser come back to. */
export const callbackPorts = [1455, 1457] as const;

export type PortDeps = {
  ports: readonly number[];
  proof: CancelProof;
  /** ms between tries; 200 where nothing is said. */
  retryMs?: number | undefined;
};

/**
 * Listens on the first port that is free. Whoever holds one is asked once to give up its sign-in: an older `codex login`,
 * which a person has forgotten in another terminal. Then the port is tried for two seconds more.
 */
export async function listenForCallback(
  answer: (request: Request) => Response | Promise<Response>,
  { ports, proof, retryMs = 200 }: PortDeps,
): Promise<Result<LoopbackServer, string>> {
  for (const port of ports) {
    for (let time = 0; time <= retries; time++) {
      const server = serveLoopback(port, answer);
      if (server.ok) return server;
      if (server.error !== "inUse") return err(`Cannot listen on 127.0.0.1:${port}: ${server.error.reason}`);
      if (time === 0) await askToCancel(port, proof);
      if (time < retries) await Bun.sleep(retryMs);
    }
  }
  return err(`Port 127.0.0.1:${ports.at(-1)} is already in use`);
}

const retries = 10;

/** The original takes the bare request, we want to see that it comes from the same user. */
async function askToCancel(port: number, proof: CancelProof): Promise<void> {
  const secret = proof.read(port);
  const query = secret === undefined ? "" : `?proof=${secret}`;
  await tellLoopback(port, `/cancel${query}`);
}
