import { acceptOn, connectTo, type Connection } from "@codex/platform/tcp";
import type { DomainRules } from "./domain-rules.ts";
import { endSoon } from "./end-soon.ts";
import { judgeRequest, type Block, type JudgeDeps, type NetworkRequest } from "./judge-request.ts";
import { serveHttp, type Opening, type OpenServer } from "./serve-http.ts";
import { serveSocks } from "./serve-socks.ts";

/** The one way out of a command's network. */
export type NetworkGate = JudgeDeps & {
  readonly rules: DomainRules;
  /** Told of each request that was not let through. */
  onBlocked(request: NetworkRequest, block: Block): void;
};

/** Serves both proxies on listening descriptors, which become its own. `close` ends every connection. */
export function serveGate(listeners: { http: number; socks: number }, gate: NetworkGate): { close(): void } {
  const served = [
    acceptOn(listeners.http, (client) => void serve(client, gate, serveHttp)),
    acceptOn(listeners.socks, (client) => void serve(client, gate, serveSocks)),
  ];
  return {
    close() {
      for (const server of served) server.close();
    },
  };
}

type Talk = (client: Connection, open: OpenServer) => Promise<void>;

async function serve(client: Connection, gate: NetworkGate, talk: Talk): Promise<void> {
  try {
    await talk(client, async (request) => {
      const opening = await openServer(request, gate);
      // A client that is killed takes its tunnel with it.
      if (opening.type === "open") void client.gone.then(() => opening.server.destroy());
      return opening;
    });
  } catch {
    // An interrupted question ends here: the command is being ended, and so is this connection.
  } finally {
    endSoon(client);
    while ((await client.read()) !== undefined);
  }
}

async function openServer(request: NetworkRequest, gate: NetworkGate): Promise<Opening> {
  const verdict = await judgeRequest(request, gate.rules, gate);
  if (!verdict.allowed) {
    gate.onBlocked(request, verdict.block);
    return { type: "blocked", block: verdict.block };
  }
  let message = `${request.host} could not be resolved.`;
  for (const address of verdict.addresses) {
    const connected = await connectTo(address, request.port, connectTimeout);
    if (connected.ok) return { type: "open", server: connected.value };
    message = `${request.host} cannot be reached: ${connected.error}.`;
  }
  return { type: "unreachable", message };
}

/** ms */
const connectTimeout = 15_000;
