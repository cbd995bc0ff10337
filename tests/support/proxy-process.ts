/** The proxy for the Responses API, ours or the original's, a service behind it that says what a test wants, and a raw client. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { binaryPath } from "../../packages/scripted-model/src/launch.ts";
import { BodyReader } from "../../packages/responses-api-proxy/src/body-reader.ts";
import {
  type Framing,
  parseRequestHead,
  parseResponseHead,
  requestFraming,
  responseFraming,
} from "../../packages/responses-api-proxy/src/parse-head.ts";

export const key = "sk-proj-Key_of_the_tests-0123456789abcdefghijklmnopqrstuvwxyz";

export type ProxyProcess = AsyncDisposable & {
  readonly port: number;
  readonly pid: number;
  readonly exited: Promise<number>;
  readonly stderr: () => string;
  /** A folder of its own, removed with it. */
  readonly folder: string;
};

type ProxyOptions = {
  /** The words that start it; ours by default. */
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly input?: string;
  readonly env?: Record<string, string>;
  readonly upstream?: string;
  /** A word before the command, such as `setpriv` and its options. */
  readonly as?: readonly string[];
};

export const standAlone = (): string => join(import.meta.dir, "..", "..", "dist", "codex-responses-api-proxy");
export const ours = (): string[] => [binaryPath(), "responses-api-proxy"];

/** Starts it; resolves when it listens. Rejects with what it said where it ends before. */
export async function startProxy(options: ProxyOptions = {}): Promise<ProxyProcess> {
  const { args = [], input = key, env = {}, upstream } = options;
  const folder = mkdtempSync(join(tmpdir(), "proxy-"));
  const words = [...(options.as ?? []), ...(options.command ?? ours()), ...args];
  const child = Bun.spawn(upstream === undefined ? words : [...words, "--upstream-url", upstream], {
    cwd: "/",
    env: { PATH: process.env["PATH"], HOME: folder, CODEX_HOME: folder, ...env },
    stdio: [new TextEncoder().encode(input), "ignore", "pipe"],
  });
  let said = "";
  const listening = Promise.withResolvers<number>();
  const read = (async () => {
    const decoder = new TextDecoder();
    for await (const bytes of child.stderr) {
      said += decoder.decode(bytes, { stream: true });
      const port = /listening on 127\.0\.0\.1:(\d+)/.exec(said)?.[1];
      if (port !== undefined) listening.resolve(Number(port));
    }
    listening.reject(new Error(said));
  })();
  const port = await listening.promise;
  return {
    port,
    pid: child.pid,
    exited: child.exited,
    stderr: () => said,
    folder,
    async [Symbol.asyncDispose]() {
      child.kill("SIGKILL");
      await Promise.all([child.exited, read]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A run that ends by itself. */
export async function runProxy(
  options: Pick<ProxyOptions, "command" | "args" | "input" | "env">,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const folder = mkdtempSync(join(tmpdir(), "proxy-"));
  const child = Bun.spawn([...(options.command ?? ours()), ...(options.args ?? [])], {
    cwd: "/",
    env: { PATH: process.env["PATH"], HOME: folder, CODEX_HOME: folder, ...options.env },
    stdio: [new TextEncoder().encode(options.input ?? key), "pipe", "pipe"],
    timeout: 20_000,
  });
  const [stdout, stderr, code] = await Promise.all([
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
    child.exited,
  ]);
  rmSync(folder, { recursive: true, force: true });
  return { code, stdout, stderr };
}

type Peer = Bun.Socket<{ arrived: string; gone(): void; readonly messages: Messages }>;

export type Request = { readonly text: string; readonly peer: Peer };
export type Service = Disposable & { readonly port: number; readonly url: string; readonly requests: string[] };

/**
 * Listens; each whole request is recorded as it came, and `answer` says what to do. `early`: at its head already, and what
 * follows is put into `arrived`.
 */
export function serve(answer: (request: Request) => unknown, early = false): Service {
  const requests: string[] = [];
  const listener = Bun.listen<Peer["data"]>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open(peer) {
        const take = (text: string): void => {
          requests.push(text);
          void answer({ text, peer });
        };
        peer.data = { arrived: "", gone: () => {}, messages: new Messages("request", take, early) };
      },
      data(peer, bytes) {
        peer.data.messages.push(bytes);
        peer.data.arrived = early ? peer.data.messages.rest() : "";
      },
      close: (peer) => peer.data.gone(),
    },
  });
  return {
    port: listener.port,
    url: `http://127.0.0.1:${listener.port}/v1/responses`,
    requests,
    [Symbol.dispose]: () => listener.stop(true),
  };
}

/** Cuts what a connection brings into whole messages. */
class Messages {
  readonly #kind: "request" | "response";
  readonly #take: (text: string) => void;
  readonly #headOnly: boolean;
  /** Of the message that has begun. */
  #pieces: Buffer[] = [];
  #body: BodyReader | undefined;

  constructor(kind: "request" | "response", take: (text: string) => void, headOnly = false) {
    this.#kind = kind;
    this.#take = take;
    this.#headOnly = headOnly;
  }

  rest(): string {
    return Buffer.concat(this.#pieces).toString("latin1");
  }

  push(bytes: Buffer): void {
    if (this.#body) return this.#pushBody(bytes, 0);
    if (this.#headOnly && this.#pieces.length > 0) return void this.#pieces.push(bytes);
    const all = Buffer.concat([...this.#pieces, bytes]);
    const end = all.indexOf("\r\n\r\n");
    this.#pieces = end === -1 ? [all] : [];
    if (end === -1) return;
    if (this.#headOnly) {
      this.#pieces = [all.subarray(end + 4)];
      return this.#take(all.toString("latin1", 0, end + 4));
    }
    this.#body = new BodyReader(this.#framingOf(all.toString("latin1", 0, end)));
    this.#pushBody(all, end + 4);
  }

  #framingOf(head: string): Framing {
    const request = this.#kind === "request" ? parseRequestHead(head) : undefined;
    const response = this.#kind === "response" ? parseResponseHead(head) : undefined;
    return (request ? requestFraming(request) : response && responseFraming(response)) ?? { type: "none" };
  }

  #pushBody(bytes: Buffer, from: number): void {
    const end = this.#body?.read(bytes, from, () => {}) ?? -1;
    this.#pieces.push(end === -1 ? bytes : bytes.subarray(0, end));
    if (end === -1 || !this.#body?.done) return;
    const text = this.rest();
    this.#pieces = [];
    this.#body = undefined;
    this.#take(text);
    if (end < bytes.length) this.push(bytes.subarray(end));
  }
}

export type RawClient = Disposable & {
  /** Gives how many bytes the system has taken. */
  write(text: string | Uint8Array): number;
  /** Reads nothing until it is told to go on. */
  pause(): void;
  resume(): void;
  /** The next whole answer as it came; "closed: …" with the rest where the connection ends first. */
  answer(): Promise<string>;
  /** All that has come, with the time of each piece in ms since the client began. */
  readonly pieces: readonly { readonly at: number; readonly text: string }[];
  readonly closed: Promise<void>;
};

export async function connectRaw(port: number): Promise<RawClient> {
  const answers: string[] = [];
  const messages = new Messages("response", (text) => {
    if (!text.startsWith("HTTP/1.1 100 ")) answers.push(text);
  });
  let gone = false;
  let wake = (): void => {};
  const pieces: { at: number; text: string }[] = [];
  const began = performance.now();
  const closed = Promise.withResolvers<void>();
  const end = (): void => {
    gone = true;
    closed.resolve();
    wake();
  };
  const peer = await Bun.connect({
    hostname: "127.0.0.1",
    port,
    socket: {
      data(_, bytes) {
        pieces.push({ at: performance.now() - began, text: bytes.toString("latin1") });
        messages.push(bytes);
        wake();
      },
      close: end,
      error: end,
    },
  });
  return {
    write: (text) => peer.write(typeof text === "string" ? Buffer.from(text, "latin1") : text),
    pause: () => void peer.pause(),
    resume: () => void peer.resume(),
    async answer() {
      for (;;) {
        const answer = answers.shift();
        if (answer !== undefined) return answer;
        if (gone) return `closed: ${messages.rest()}`;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    },
    pieces,
    closed: closed.promise,
    [Symbol.dispose]: () => peer.terminate(),
  };
}

/** A request of `POST /v1/responses`, or what is said instead. */
export const post = (body: string, headers = "", line = "POST /v1/responses"): string =>
  `${line} HTTP/1.1\r\nhost: 127.0.0.1\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

export const reply = (body: string, headers = "", status = "200 OK"): string =>
  `HTTP/1.1 ${status}\r\n${headers}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;
