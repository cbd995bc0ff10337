import { err, ok, type Result } from "@codex/protocol/result";

/**
 * A connection at the level of the system's calls, for those that must know where each byte is: nothing is queued or copied
 * here. `write` gives how many bytes the system (or TLS) has taken; after fewer than all, `drain` tells when to go on.
 */
export type RawSocket = Pick<
  Bun.Socket<SocketSide>,
  "write" | "pause" | "resume" | "end" | "shutdown" | "terminate" | "timeout"
>;

/** Who is told of a connection. None may throw. */
export type SocketSide = {
  data(bytes: Buffer): void;
  drain(): void;
  /** The other side has ended or is gone. Once. */
  closed(): void;
};

const handlers: Bun.SocketHandler<SocketSide> = {
  data: (socket, bytes) => socket.data.data(bytes),
  drain: (socket) => socket.data.drain(),
  end: (socket) => void socket.end(),
  close: (socket) => socket.data.closed(),
  error: (socket) => void socket.terminate(),
};

export type RawListener = { readonly port: number; stop(): void };

/** Listens on an address with port 0 for any. The error says why it cannot. */
export function listenRaw(
  hostname: string,
  port: number,
  accept: (socket: RawSocket) => SocketSide,
): Result<RawListener, string> {
  try {
    const listener = Bun.listen<SocketSide>({
      hostname,
      port,
      socket: {
        ...handlers,
        open(socket) {
          socket.data = accept(socket);
        },
      },
    });
    return ok({ port: listener.port, stop: () => listener.stop(false) });
  } catch (error) {
    return err(codeOf(error));
  }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);

export type RawAddress = {
  readonly hostname: string;
  readonly port: number;
  /** Over TLS; `ca`: PEM certificates to trust instead of the built-in ones. */
  readonly tls?: { readonly serverName: string; readonly ca?: readonly string[] } | undefined;
  /** A proxy that is asked for a tunnel (CONNECT) first. */
  readonly tunnel?: { readonly hostname: string; readonly port: number; readonly authorization?: string } | undefined;
};

export type DialFailure = { readonly kind: "timeout" | "unreachable" | "tls"; readonly cause: string };

/** Connects; resolves when bytes may be written, over TLS after the certificate was found good. */
export async function dialRaw(
  address: RawAddress,
  timeoutMs: number,
  sideOf: (socket: RawSocket) => SocketSide,
): Promise<Result<RawSocket, DialFailure>> {
  const settled = Promise.withResolvers<Result<RawSocket, DialFailure>>();
  const timer =
    timeoutMs > 0
      ? setTimeout(() => settled.resolve(err({ kind: "timeout", cause: "it does not answer" })), timeoutMs)
      : undefined;
  const connecting = connect(address, settled.resolve);
  const result = await settled.promise;
  clearTimeout(timer);
  if (!result.ok) {
    void connecting.then((socket) => socket?.terminate());
    return result;
  }
  (result.value as Bun.Socket<SocketSide>).data = sideOf(result.value);
  return result;
}

type Settle = (result: Result<RawSocket, DialFailure>) => void;

/** Until it is ready whoever dials is the only one who is told. */
const waiting = (settle: Settle): SocketSide => ({
  data: () => {},
  drain: () => {},
  closed: () => settle(err({ kind: "unreachable", cause: "it ends the connection" })),
});

async function connect(address: RawAddress, settle: Settle): Promise<Bun.Socket<SocketSide> | undefined> {
  try {
    if (address.tunnel) return await connectThrough(address, address.tunnel, settle);
    const { hostname, port } = address;
    const secure = address.tls;
    const socket = await Bun.connect<SocketSide>({
      hostname,
      port,
      data: waiting(settle),
      ...(secure ? { tls: tlsOf(secure) } : {}),
      socket: secure ? { ...handlers, handshake: checkHandshake(settle) } : handlers,
    });
    if (!secure) settle(ok(socket));
    return socket;
  } catch (error) {
    settle(err({ kind: "unreachable", cause: codeOf(error) }));
    return undefined;
  }
}

const tlsOf = ({ serverName, ca }: NonNullable<RawAddress["tls"]>) => ({
  serverName,
  ...(ca ? { ca: [...ca] } : {}),
});

const checkHandshake =
  (settle: Settle) =>
  (socket: Bun.Socket<SocketSide>, trusted: boolean, error: Error | null): void => {
    if (trusted && error === null) return settle(ok(socket));
    const reason = error && "code" in error ? String(error.code) : "no reason given";
    settle(err({ kind: "tls", cause: `its certificate is not trusted (${reason})` }));
  };

/** A proxy's answer to CONNECT may be this long. */
const answerLimit = 16 * 1024;

async function connectThrough(
  { hostname, port, tls }: RawAddress,
  tunnel: NonNullable<RawAddress["tunnel"]>,
  settle: Settle,
): Promise<Bun.Socket<SocketSide>> {
  let answer = "";
  let upgraded = false;
  const place = `${hostname}:${port}`;
  const request = [
    `CONNECT ${place} HTTP/1.1`,
    `host: ${place}`,
    ...(tunnel.authorization === undefined ? [] : [`proxy-authorization: ${tunnel.authorization}`]),
    "\r\n",
  ].join("\r\n");
  return Bun.connect<SocketSide>({
    hostname: tunnel.hostname,
    port: tunnel.port,
    data: waiting(settle),
    socket: {
      ...handlers,
      open: (socket) => void socket.write(request),
      data(socket, bytes) {
        if (upgraded) return socket.data.data(bytes);
        answer += bytes.toString("latin1");
        if (!answer.includes("\r\n\r\n") && answer.length < answerLimit) return;
        if (!/^HTTP\/1\.[01] 2\d\d/.test(answer)) {
          const status = /^HTTP\/1\.[01] (\d{3})/.exec(answer)?.[1] ?? "no HTTP";
          return settle(err({ kind: "unreachable", cause: `the proxy ${tunnel.hostname} answers ${status}` }));
        }
        upgraded = true;
        if (!tls) return settle(ok(socket));
        socket.upgradeTLS<SocketSide>({
          data: waiting(settle),
          tls: tlsOf(tls),
          socket: { ...handlers, handshake: checkHandshake(settle) },
        });
      },
    },
  });
}
