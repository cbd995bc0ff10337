import { prepareLaunch } from "../../packages/scripted-model/src/launch.ts";
import type { JsonObject } from "@codex/protocol/json";
import type { Workspace } from "../../packages/scripted-model/src/workspace.ts";
import { within } from "../../packages/scripted-model/src/within.ts";
import { connectSocket, wireClient, type WireClient } from "./app-server-process.ts";

export type ExecServerOptions = {
  readonly ws: Workspace;
  readonly args?: string[];
  readonly config?: string;
  readonly env?: Record<string, string>;
  /** The built program when absent. */
  readonly binary?: string | undefined;
};

export type ExecClient = WireClient & {
  /** Says hello and that it has heard the answer, which it gives. */
  begin(resumeSessionId?: string): Promise<JsonObject>;
  /** What a process has written so far. */
  written(processId: string): string;
  /** All that a process has written, once it is closed. */
  ended(processId: string): Promise<ProcessStory>;
  /** Starts a program in `cwd`, with nothing but a PATH in its environment. */
  start(processId: string, argv: string[], more?: JsonObject): Promise<JsonObject>;
  /** Bytes or lines as they are. */
  raw(text: string): void;
  /** Hangs up, or ends the input. */
  close(): void;
};

/** What was told of a process, its output put together by stream. */
export type ProcessStory = {
  readonly output: Readonly<Record<string, string>>;
  readonly exitCode: number;
  readonly sandboxDenied: boolean;
  /** The numbers of all that was told, in the order in which it was told. */
  readonly seqs: readonly number[];
};

const patience = 15_000;

function execClient(wire: WireClient, cwd: string, raw: (text: string) => void, close: () => void): ExecClient {
  const about = (processId: string): JsonObject[] =>
    wire.heard.filter(({ params }) => (params as JsonObject | undefined)?.["processId"] === processId);
  return {
    ...wire,
    raw,
    close,
    async begin(resumeSessionId) {
      const params = { clientName: "test", ...(resumeSessionId === undefined ? {} : { resumeSessionId }) };
      const answer = await wire.must("initialize", params);
      wire.send({ method: "initialized" });
      return answer;
    },
    start: (processId, argv, more = {}) =>
      wire.ask("process/start", { processId, argv, cwd: uri(cwd), env: { PATH: systemPath }, tty: false, ...more }),
    written: (processId) => Object.values(tellProcess(about(processId)).output).join(""),
    async ended(processId) {
      await wire.untilMethod("process/closed", (params) => params["processId"] === processId);
      return tellProcess(about(processId));
    },
  };
}

export const systemPath = "/usr/local/bin:/usr/bin:/bin";

export const uri = (path: string): string => Bun.pathToFileURL(path).href;

function tellProcess(messages: readonly JsonObject[]): ProcessStory {
  const parts: Record<string, Buffer[]> = {};
  const seqs: number[] = [];
  let end: JsonObject = {};
  for (const { method, params } of messages as { method: string; params: JsonObject }[]) {
    seqs.push(Number(params["seq"]));
    if (method === "process/exited") end = params;
    if (method !== "process/output") continue;
    (parts[String(params["stream"])] ??= []).push(Buffer.from(String(params["chunk"]), "base64"));
  }
  const output = Object.entries(parts).map(([stream, pieces]) => [stream, Buffer.concat(pieces).toString()]);
  return {
    output: Object.fromEntries(output),
    exitCode: Number(end["exitCode"]),
    sandboxDenied: end["sandboxDenied"] === true,
    seqs,
  };
}

export type ExecServer = AsyncDisposable & {
  readonly url: string;
  readonly stderr: () => string;
  connect(headers?: Record<string, string>): Promise<ExecClient>;
  kill(signal: "SIGTERM" | "SIGKILL"): void;
  readonly exited: Promise<number>;
  readonly pid: number;
};

/** `codex exec-server` on a free port. */
export async function execServer(options: ExecServerOptions): Promise<ExecServer> {
  const { child, life } = await spawn(options, "ws://127.0.0.1:0", "ignore");
  const reader = child.stdout.getReader();
  const said = await within(patience, reader.read(), "The server printed no address.");
  const url = Buffer.from(said.value ?? new Uint8Array())
    .toString()
    .trim();
  return {
    ...life,
    url,
    async connect(headers = {}) {
      let send: (text: string) => void = () => undefined;
      const socket = await connectSocket(url, headers, (raw) => (send = raw));
      return execClient(
        socket,
        options.ws.path,
        (text) => send(text),
        () => socket.close(),
      );
    },
  };
}

export type ExecOnStdio = AsyncDisposable &
  ExecClient & { readonly exited: Promise<number>; readonly pid: number; readonly stderr: () => string };

/** `codex exec-server --listen stdio`, and its one client. */
export async function execOnStdio(options: ExecServerOptions): Promise<ExecOnStdio> {
  const { child, life } = await spawn(options, "stdio", "pipe");
  const raw = (text: string): void => {
    void child.stdin.write(`${text}\n`);
    void child.stdin.flush();
  };
  const wire = wireClient(raw);
  void (async () => {
    let rest = "";
    for await (const chunk of child.stdout.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) wire.hear(line);
    }
  })();
  return { ...execClient(wire, options.ws.path, raw, () => void child.stdin.end()), ...life };
}

async function spawn<Input extends "pipe" | "ignore">(options: ExecServerOptions, listen: string, input: Input) {
  const { ws, args = [], config, env = {}, binary } = options;
  const launch = await prepareLaunch({
    ws,
    subcommand: ["exec-server"],
    args: ["--listen", listen, ...args],
    config: config ?? false,
    env,
    ...(binary === undefined ? {} : { binary }),
  });
  const child = Bun.spawn(launch.command, { cwd: launch.cwd, env: launch.env, stdio: [input, "pipe", "pipe"] });
  let text = "";
  void (async () => {
    for await (const chunk of child.stderr.pipeThrough(new TextDecoderStream())) text += chunk;
  })();
  const life = {
    pid: child.pid,
    stderr: () => text,
    kill: (signal: "SIGTERM" | "SIGKILL") => child.kill(signal),
    exited: child.exited,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await child.exited;
    },
  };
  return { child, life };
}
