import type { JsonObject, JsonValue } from "@codex/protocol/json";
import { type Gate, gate } from "../../../packages/scripted-model/src/gate.ts";
import { model, workspace } from "../../../packages/scripted-model/src/testing.ts";
import type { ScriptedServer } from "../../../packages/scripted-model/src/serve-script.ts";
import type { Workspace } from "../../../packages/scripted-model/src/workspace.ts";
import { type SocketServer, socketServer, type StdioServer, stdioServer } from "../../support/app-server-process.ts";
import { exchangeClient } from "./client.ts";
import type { Client, Exchange, Stage } from "./exchange.ts";

/** Everything that was said in one exchange with one program. */
export type ExchangeRecording = {
  readonly clients: readonly Client[];
  readonly requests: ScriptedServer["requests"];
  readonly complaints: readonly string[];
  readonly notes: JsonObject;
  /** Texts in which this side differs from the other by nature, and what to put in their place. */
  readonly places: readonly [text: string, placeholder: string][];
};

/** Holds an exchange with one program, in folders and with a model of its own. */
export async function playExchange(exchange: Exchange, binary: string): Promise<ExchangeRecording> {
  const gates = namedGates();
  const script = exchange.steps?.(gates) ?? [];
  const server = await model.plays(script, { name: exchange.name, check: false });
  try {
    await using ws = await workspace(exchange.files);
    await using open = opener(exchange, binary, server, ws);
    const notes: Record<string, JsonValue> = {};
    let heard: JsonObject[][] | undefined;
    await exchange.play({
      app: await open.first(),
      ws,
      model: server,
      gate: gates,
      connect: open.connect,
      restart: open.restart,
      endInput: open.endInput,
      kill: open.kill,
      exited: open.exited,
      hush: () => void (heard = open.clients.map((client) => [...client.heard])),
      note: (name, fact) => void (notes[name] = fact),
    });
    await Promise.all(open.clients.map(settle));
    const places: ExchangeRecording["places"] = [
      [ws.root, "<root>"],
      [new URL(server.url).host, "<host>"],
    ];
    const clients = open.clients.map((client, index) => ({ ...client, heard: heard?.[index] ?? client.heard }));
    return { clients, requests: server.requests, complaints: server.complaints.splice(0), notes, places };
  } finally {
    server.complaints.splice(0);
    await server.close();
  }
}

function namedGates(): (name: string) => Gate {
  const gates = new Map<string, Gate>();
  return (name) => {
    const found = gates.get(name) ?? gate();
    gates.set(name, found);
    return found;
  };
}

/** Asked last of every client that is still there, so that what was on its way has come. */
export const lastRequest = "thread/loaded/list";

async function settle(client: Client): Promise<void> {
  if (!gone.has(client)) await Promise.race([client.ask(lastRequest, {}), Bun.sleep(settleMs)]);
}

/** Milliseconds that a server which has ended is waited for in vain. */
const settleMs = 1000;

/** Clients whose server has ended, or that have left. */
const gone = new WeakSet<Client>();

type Opener = AsyncDisposable &
  Pick<Stage, "connect" | "restart" | "endInput" | "kill" | "exited"> & {
    readonly clients: Client[];
    readonly first: () => Promise<Client>;
  };

function opener(exchange: Exchange, binary: string, server: ScriptedServer, ws: Workspace): Opener {
  const clients: Client[] = [];
  let process: StdioServer | SocketServer | undefined;
  const socket = (): SocketServer => {
    if (process && "connect" in process) return process;
    throw new Error("This exchange is not over a WebSocket.");
  };
  const pipes = (): StdioServer => {
    if (process && "end" in process) return process;
    throw new Error("This exchange is not over pipes.");
  };
  const running = (): StdioServer | SocketServer => process ?? pipes();
  const config = exchange.wholeConfig === undefined ? (exchange.config ?? "") : false;
  const options = {
    server,
    ws,
    binary,
    config,
    ...(exchange.provider ? { provider: exchange.provider } : {}),
  } as const;
  const leave = () => {
    for (const client of clients) gone.add(client);
  };
  const join = (client: Client): Client => {
    clients.push(client);
    return client;
  };
  const greet = async (client: Client): Promise<Client> => {
    if (exchange.hello !== false) await client.must("initialize", hello(client.name));
    return client;
  };
  const connect = async (name = `client ${clients.length + 1}`): Promise<Client> => {
    const wire = await socket().connectSilently();
    const client: Client = join(
      exchangeClient(name, wire, () => {
        gone.add(client);
        wire.close();
      }),
    );
    return greet(client);
  };
  const startPipes = async (): Promise<Client> => {
    process = await stdioServer(options);
    return greet(join(exchangeClient(`client ${clients.length + 1}`, process, () => {})));
  };
  const exited = async (): Promise<number> => {
    const code = await running().exited;
    leave();
    return code;
  };
  return {
    clients,
    async first() {
      if (exchange.wholeConfig !== undefined) await Bun.write(`${ws.codexHome}/config.toml`, exchange.wholeConfig);
      if (exchange.wire !== "websocket") return startPipes();
      process = await socketServer(options);
      return connect();
    },
    connect,
    async restart() {
      await pipes().end();
      await exited();
      return startPipes();
    },
    endInput: async () => void (await pipes().end()),
    kill: (signal) => running().kill(signal),
    exited,
    async [Symbol.asyncDispose]() {
      await process?.[Symbol.asyncDispose]();
    },
  };
}

export const hello = (name: string, experimentalApi = true): JsonObject => ({
  clientInfo: { name: name.replaceAll(" ", "-"), version: "1" },
  capabilities: { experimentalApi },
});
