import { err, ok, type Result } from "@codex/protocol/result";
import { sleep } from "./sleep.ts";

/** A connection over TCP or a Unix socket that is read and written at the pace of both sides. */
export type Connection = {
  /** What comes next; undefined once the other side has ended or is gone. One call at a time. */
  read(): Promise<Uint8Array | undefined>;
  /** Resolves when more may be written; false when the connection is gone. One call at a time. */
  write(bytes: Uint8Array): Promise<boolean>;
  /** Says that nothing more will be written; reading goes on. */
  end(): void;
  destroy(): void;
  /** Resolves when the connection is closed, by whichever side. */
  readonly gone: Promise<void>;
};

/** Serves a listening descriptor, which becomes its own to close. `close` also ends what was accepted. */
export function acceptOn(descriptor: number, onConnection: (connection: Connection) => void): { close(): void } {
  const open = new Set<Bun.Socket<Stage>>();
  const socket: Bun.SocketHandler<Stage> = {
    ...handlers,
    open(peer) {
      open.add(peer);
      onConnection(connectionOf(peer));
    },
    close(peer) {
      open.delete(peer);
      handlers.close(peer);
    },
  };
  const options = { fd: descriptor, allowHalfOpen: true, socket };
  // Bun takes a descriptor here as it does for `connect`, which its types leave out.
  const listener = Bun.listen<Stage>(options as unknown as Bun.TCPSocketListenOptions<Stage>);
  return {
    close() {
      listener.stop(true);
      for (const peer of open) peer.terminate();
    },
  };
}

/** Where to listen: an address (not a name), with port 0 for any that is free; or the path of a Unix socket. */
export type ListenAddress = { readonly hostname: string; readonly port: number } | { readonly unix: string };

export type Listener = {
  /** The port that was chosen; 0 for a Unix socket. */
  readonly port: number;
  /** Takes no further connections; those that are open stay so. */
  stop(): void;
};

/** Listens. A Unix socket is made for its owner alone, in a folder that must exist. The error says why it cannot be. */
export function listenAt(at: ListenAddress, onConnection: (connection: Connection) => void): Result<Listener, string> {
  const socket = { ...handlers, open: (peer: Bun.Socket<Stage>) => onConnection(connectionOf(peer)) };
  const mask = process.umask(0o177);
  try {
    if ("unix" in at) {
      const listener = Bun.listen<Stage>({ unix: at.unix, allowHalfOpen: true, socket });
      return ok({ port: 0, stop: () => listener.stop(false) });
    }
    const listener = Bun.listen<Stage>({ ...at, allowHalfOpen: true, socket });
    return ok({ port: listener.port, stop: () => listener.stop(false) });
  } catch (error) {
    return err(reasonOf(error));
  } finally {
    process.umask(mask);
  }
}

/** Connects to the Unix socket at a path. The error says why not. */
export async function connectToSocket(path: string): Promise<Result<Connection, string>> {
  try {
    return ok(connectionOf(await Bun.connect<Stage>({ unix: path, allowHalfOpen: true, socket: handlers })));
  } catch (error) {
    return err(reasonOf(error));
  }
}

const reasonOf = (error: unknown): string =>
  error instanceof Error && "code" in error ? String(error.code) : String(error);

/** Connects to an address (not a name). The error says why not; it gives up after `timeoutMs`. */
export const connectTo = (address: string, port: number, timeoutMs: number): Promise<Result<Connection, string>> =>
  connectBy({ hostname: address, port }, timeoutMs, handlers);

/** As `connectTo`, over TLS, to a name or an address that the server's certificate has to be for. */
export async function connectByTls(name: string, port: number, timeoutMs: number): Promise<Result<Connection, string>> {
  const shaken = Promise.withResolvers<string | undefined>();
  const socket: Bun.SocketHandler<Stage> = {
    ...handlers,
    handshake: (_peer, trusted, error) => shaken.resolve(trusted ? undefined : certificateProblem(error)),
    close(peer) {
      shaken.resolve("it ends the connection");
      handlers.close(peer);
    },
  };
  const connected = await connectBy({ hostname: name, port, tls: { serverName: name } }, timeoutMs, socket);
  if (!connected.ok) return connected;
  const problem = await Promise.race([shaken.promise, sleep(timeoutMs).then(() => "it does not answer")]);
  if (problem === undefined) return connected;
  connected.value.destroy();
  return err(problem);
}

const certificateProblem = (error: Error | null): string =>
  `its certificate is not trusted (${error && "code" in error ? String(error.code) : "no reason given"})`;

type Address = { readonly hostname: string; readonly port: number; readonly tls?: { readonly serverName: string } };

async function connectBy(
  address: Address,
  timeoutMs: number,
  socket: Bun.SocketHandler<Stage>,
): Promise<Result<Connection, string>> {
  const connecting = Bun.connect<Stage>({ ...address, allowHalfOpen: true, socket });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => resolve(undefined), timeoutMs);
  });
  try {
    const peer = await Promise.race([connecting, late]);
    if (peer !== undefined) return ok(connectionOf(peer));
    void connecting.then((slow) => slow.terminate()).catch(() => {});
    return err("it does not answer");
  } catch (error) {
    return err(reasonOf(error));
  } finally {
    clearTimeout(timer);
  }
}

/** What has arrived and not been read, and who waits for what. */
type Stage = {
  arrived: Uint8Array[];
  size: number;
  ended: boolean;
  gone: boolean;
  /** We write no more. */
  finished: boolean;
  wake(): void;
  drained(): void;
  readonly closed: PromiseWithResolvers<void>;
};

/** Bytes that may wait to be read before the other side is held up. */
const highWater = 256 * 1024;

const freshStage = (): Stage => ({
  arrived: [],
  size: 0,
  ended: false,
  gone: false,
  finished: false,
  wake: () => {},
  drained: () => {},
  closed: Promise.withResolvers(),
});

/** Bun calls `data` before whoever accepted could set anything up, so the stage is made by whoever comes first. */
const stageOf = (peer: Bun.Socket<Stage>): Stage => (peer.data ??= freshStage());

const handlers = {
  data(peer, bytes) {
    const stage = stageOf(peer);
    stage.arrived.push(bytes);
    stage.size += bytes.byteLength;
    if (stage.size > highWater) peer.pause();
    stage.wake();
  },
  drain: (peer) => stageOf(peer).drained(),
  end: (peer) => finish(stageOf(peer), false),
  close: (peer) => finish(stageOf(peer), true),
  error: (peer) => finish(stageOf(peer), true),
} satisfies Bun.SocketHandler<Stage>;

function finish(stage: Stage, gone: boolean): void {
  stage.ended = true;
  stage.gone ||= gone;
  stage.wake();
  if (!gone) return;
  stage.drained();
  stage.closed.resolve();
}

function connectionOf(peer: Bun.Socket<Stage>): Connection {
  const stage = stageOf(peer);
  return {
    gone: stage.closed.promise,
    async read() {
      while (stage.arrived.length === 0 && !stage.ended) {
        await new Promise<void>((resolve) => {
          stage.wake = resolve;
        });
      }
      const bytes = stage.arrived.shift();
      if (bytes === undefined) return undefined;
      stage.size -= bytes.byteLength;
      if (stage.size <= highWater && !stage.gone) peer.resume();
      return bytes;
    },
    async write(bytes) {
      let sent = 0;
      while (!stage.gone) {
        sent += Math.max(0, peer.write(bytes.subarray(sent)));
        if (sent >= bytes.byteLength) return true;
        await new Promise<void>((resolve) => {
          stage.drained = resolve;
        });
      }
      return false;
    },
    end() {
      // A second end would close it for both directions.
      // Bun's own `end` closes both directions, so that what the other side still writes is answered by a reset.
      if (!stage.gone && !stage.finished) peer.shutdown();
      stage.finished = true;
    },
    destroy: () => void (stage.gone || peer.terminate()),
  };
}
