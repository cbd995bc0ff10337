import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCertificates } from "./certificates.ts";

/** A request that reached one of the faked hosts. */
export type SeenRequest = {
  method: string;
  /** `https://host/path?query`. */
  url: string;
  /** Lower-case names. */
  headers: Record<string, string>;
  body: string;
};

/** Answers for a host; undefined gives 404 with `{}`. */
export type FakeService = (request: SeenRequest) => Response | undefined | Promise<Response | undefined>;

export type Interceptor = AsyncDisposable & {
  /** Makes a program come here for every https host, and trust what it finds. */
  env: { HTTPS_PROXY: string; CODEX_CA_CERTIFICATE: string; NO_PROXY: string };
  /** In the order in which they came. */
  requests: SeenRequest[];
  /** Hosts with their ports that somebody wanted to reach and nobody fakes. */
  refused: string[];
};

/**
 * Stands in for the hosts of the internet that a program may only reach at fixed addresses: a proxy that sends each
 * faked host to a TLS server of our own. What is not faked is not reached.
 */
export async function interceptTls(services: Record<string, FakeService>): Promise<Interceptor> {
  const requests: SeenRequest[] = [];
  const refused: string[] = [];
  const hosts = Object.keys(services);
  const { authority, certificate, key } = makeCertificates(hosts);
  const folder = await mkdtemp(join(tmpdir(), "codex-tls-"));
  await Bun.write(join(folder, "ca.pem"), authority);

  const server = Bun.serve({
    hostname: "127.0.0.1",
    port: 0,
    idleTimeout: 60,
    tls: { cert: certificate, key },
    fetch: async (request) => {
      const host = (request.headers.get("host") ?? "").replace(/:443$/, "");
      const { pathname, search } = new URL(request.url);
      const seen = {
        method: request.method,
        url: `https://${host}${pathname}${search}`,
        headers: Object.fromEntries(request.headers),
        body: await readBody(request),
      };
      requests.push(seen);
      return (await services[host]?.(seen)) ?? Response.json({}, { status: 404 });
    },
  });
  const proxy = listenForConnects(server.port ?? 0, (target) => {
    if (target.endsWith(":443") && hosts.includes(target.slice(0, -4))) return true;
    refused.push(target);
    return false;
  });
  return {
    env: {
      HTTPS_PROXY: `http://127.0.0.1:${proxy.port}`,
      CODEX_CA_CERTIFICATE: join(folder, "ca.pem"),
      NO_PROXY: "127.0.0.1,localhost",
    },
    requests,
    refused,
    [Symbol.asyncDispose]: async () => {
      proxy.stop(true);
      await server.stop(true);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function readBody(request: Request): Promise<string> {
  const bytes = new Uint8Array(await request.arrayBuffer());
  const plain = request.headers.get("content-encoding") === "zstd" ? Bun.zstdDecompressSync(bytes) : bytes;
  return new TextDecoder().decode(plain);
}

type Pipe = { head: string; other: Bun.Socket<Pipe> | undefined; unsent: Buffer[]; ended: boolean };

/** A proxy that knows CONNECT alone and leads all it lets through to one port. */
function listenForConnects(port: number, mayPass: (target: string) => boolean): Bun.TCPSocketListener<Pipe> {
  return Bun.listen<Pipe>({
    hostname: "127.0.0.1",
    port: 0,
    socket: {
      open: (socket) => {
        socket.data = newPipe(undefined);
      },
      data: (socket, bytes) => {
        if (socket.data.other) return send(socket.data.other, bytes);
        socket.data.head += bytes.toString("latin1");
        if (!socket.data.head.includes("\r\n\r\n")) return;
        const target = /^CONNECT (\S+) /.exec(socket.data.head)?.[1] ?? "";
        if (mayPass(target)) return void connect(socket, port);
        socket.end("HTTP/1.1 502 Bad Gateway\r\ncontent-length: 0\r\n\r\n");
      },
      drain: flush,
      close: (socket) => void socket.data.other?.end(),
    },
  });
}

async function connect(client: Bun.Socket<Pipe>, port: number): Promise<void> {
  const server = await Bun.connect<Pipe>({
    hostname: "127.0.0.1",
    port,
    data: newPipe(client),
    socket: {
      data: (_socket, bytes) => send(client, bytes),
      drain: flush,
      close: () => {
        client.data.ended = true;
        flush(client);
      },
    },
  });
  client.data.other = server;
  send(client, Buffer.from("HTTP/1.1 200 Connection established\r\n\r\n"));
}

const newPipe = (other: Pipe["other"]): Pipe => ({ head: "", other, unsent: [], ended: false });

function send(socket: Bun.Socket<Pipe>, bytes: Uint8Array): void {
  socket.data.unsent.push(Buffer.from(bytes));
  flush(socket);
}

function flush(socket: Bun.Socket<Pipe>): void {
  const { unsent } = socket.data;
  for (let chunk = unsent[0]; chunk; chunk = unsent[0]) {
    const written = Math.max(0, socket.write(chunk));
    if (written < chunk.length) {
      unsent[0] = chunk.subarray(written);
      return;
    }
    unsent.shift();
  }
  if (socket.data.ended) socket.end();
}
