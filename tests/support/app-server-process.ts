import { isObject, parseJson, type JsonObject } from "@codex/protocol/json";
import { prepareLaunch, type LaunchOptions } from "../../packages/scripted-model/src/launch.ts";
import { within } from "../../packages/scripted-model/src/within.ts";

/** One client on a wire, as its messages go. */
export type WireClient = {
  /** Everything that came, oldest first. */
  readonly heard: JsonObject[];
  send(message: unknown): void;
  /** Sends a request under a fresh id and gives what answers it: a result or an error. */
  ask(method: string, params?: unknown): Promise<JsonObject>;
  /** The result; throws for an error. */
  must(method: string, params?: unknown): Promise<JsonObject>;
  /** Says hello, and that it may be told of experimental parts. */
  hello(name?: string): Promise<JsonObject>;
  /** The first message, among those heard and those to come, that fits. */
  until(fits: (message: JsonObject) => boolean, what?: string): Promise<JsonObject>;
  /** The first notification or question of a method that fits. */
  untilMethod(method: string, fits?: (params: JsonObject) => boolean): Promise<JsonObject>;
};

const patience = 15_000;

export function wireClient(write: (text: string) => void): WireClient & { hear(text: string): void } {
  const heard: JsonObject[] = [];
  let listeners: (() => void)[] = [];
  let nextId = 1;
  const send = (message: unknown) => write(JSON.stringify(message));
  const until: WireClient["until"] = (fits, what = "message that fits") => {
    const find = async (): Promise<JsonObject> => {
      for (let seen = 0; ;) {
        for (; seen < heard.length; seen++) {
          const message = heard[seen];
          if (message && fits(message)) return message;
        }
        await new Promise<void>((resolve) => void listeners.push(resolve));
      }
    };
    return within(patience, find(), `No ${what} came.`);
  };
  const ask: WireClient["ask"] = (method, params) => {
    const id = `ask-${nextId++}`;
    send({ id, method, params });
    return until((message) => message["id"] === id && !("method" in message), `answer to ${method}`);
  };
  return {
    heard,
    hear(text) {
      const message = parseJson(text);
      if (!isObject(message)) throw new Error(`the server sent no JSON object: ${text.slice(0, 200)}`);
      heard.push(message as JsonObject);
      for (const listener of listeners.splice(0)) listener();
    },
    send,
    ask,
    async must(method, params) {
      const answer = await ask(method, params);
      if (!isObject(answer["result"])) throw new Error(`${method}: ${JSON.stringify(answer["error"])}`);
      return answer["result"] as JsonObject;
    },
    hello: (name = "test") =>
      ask("initialize", { clientInfo: { name, version: "1" }, capabilities: { experimentalApi: true } }),
    until,
    untilMethod: (method, fits = () => true) =>
      until((message) => message["method"] === method && fits(message["params"] as JsonObject), method),
  };
}

export type ServerProcess = AsyncDisposable & {
  readonly pid: number;
  /** What it has said on standard error so far. */
  readonly stderr: () => string;
  /** Resolves when standard error has this in it. */
  said(text: string): Promise<void>;
  kill(signal: "SIGTERM" | "SIGINT" | "SIGKILL"): void;
  /** Its exit code. */
  readonly exited: Promise<number>;
};

export type StdioServer = ServerProcess &
  WireClient & {
    /** Sends bytes as they are. */
    raw(bytes: string | Uint8Array): Promise<void>;
    /** Ends its input. */
    end(): Promise<void>;
  };

type ServerOptions = Omit<LaunchOptions, "subcommand">;

/** The built `codex app-server` on pipes, and the one client that is on them. */
export async function stdioServer(options: ServerOptions): Promise<StdioServer> {
  const { child, life } = await spawn(options, "pipe");
  const client = wireClient((text) => void child.stdin.write(`${text}\n`));
  void (async () => {
    let rest = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) client.hear(line);
    }
  })();
  return {
    ...life,
    ...client,
    async raw(bytes) {
      child.stdin.write(bytes);
      await child.stdin.flush();
    },
    async end() {
      await child.stdin.end();
    },
  };
}

export type SocketServer = ServerProcess & {
  readonly url: string;
  /** A client that has said hello. */
  connect(name?: string): Promise<SocketClient>;
  /** A client that has said nothing yet. */
  connectSilently(): Promise<SocketClient>;
};

export type SocketClient = WireClient & {
  close(): void;
  /** Why and how the line was ended. */
  readonly closed: Promise<{ code: number; reason: string }>;
};

/** The built `codex app-server` on a free port of this machine. */
export async function socketServer(options: ServerOptions): Promise<SocketServer> {
  const args = ["--listen", "ws://127.0.0.1:0", ...(options.args ?? [])];
  const { life } = await spawn({ ...options, args }, "ignore");
  await life.said("listening on: ws://");
  const url = /listening on: (ws:\S+)/.exec(life.stderr())?.[1] ?? "";
  return {
    ...life,
    url,
    connectSilently: () => connectSocket(url),
    async connect(name) {
      const client = await connectSocket(url);
      await client.hello(name);
      return client;
    },
  };
}

/** `onRaw` is given a way to send text as it is. */
export async function connectSocket(
  url: string,
  headers: Record<string, string> = {},
  onRaw: (send: (text: string) => void) => void = () => undefined,
): Promise<SocketClient> {
  const socket = new WebSocket(url, { headers });
  onRaw((text) => void socket.send(text));
  const client = wireClient((text) => void socket.send(text));
  const closed = new Promise<{ code: number; reason: string }>((resolve) => {
    socket.addEventListener("close", ({ code, reason }) => resolve({ code, reason }));
  });
  socket.addEventListener("message", ({ data }) => client.hear(String(data)));
  await within(
    patience,
    new Promise<void>((resolve, reject) => {
      socket.addEventListener("open", () => resolve());
      socket.addEventListener("error", () => reject(new Error(`no WebSocket at ${url}`)));
    }),
    `No connection to ${url}.`,
  );
  return { ...client, close: () => socket.close(), closed };
}

async function spawn<Input extends "pipe" | "ignore">(options: ServerOptions, input: Input) {
  const launch = await prepareLaunch({ ...options, subcommand: ["app-server"] });
  const child = Bun.spawn(launch.command, {
    cwd: launch.cwd,
    env: launch.env,
    stdio: [input, "pipe", "pipe"],
  });
  let text = "";
  let listeners: (() => void)[] = [];
  void (async () => {
    for await (const chunk of child.stderr.pipeThrough(new TextDecoderStream())) {
      // The original colours what it says.
      text += chunk.replaceAll(/\u001b\[[0-9;]*m/g, "");
      for (const listener of listeners.splice(0)) listener();
    }
  })();
  const heardSaying = async (wanted: string): Promise<void> => {
    while (!text.includes(wanted)) await new Promise<void>((resolve) => void listeners.push(resolve));
  };
  const life: ServerProcess = {
    pid: child.pid,
    stderr: () => text,
    said: (wanted) => within(patience, heardSaying(wanted), `It never said "${wanted}".`),
    kill: (signal) => child.kill(signal),
    exited: child.exited,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
  return { child, life };
}
