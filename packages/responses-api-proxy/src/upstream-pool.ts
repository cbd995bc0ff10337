import { dialRaw, type DialFailure, type RawSocket, type SocketSide } from "@codex/platform/raw-socket";
import { err, ok, type Result } from "@codex/protocol/result";
import { Outgoing } from "./outgoing.ts";
import type { Route } from "./find-route.ts";

/** Who is served by a connection to the service, one at a time. */
export type UpstreamUser = {
  upstreamData(bytes: Buffer): void;
  upstreamDrained(): void;
  upstreamClosed(): void;
};

const idleConnections = 256;

/** Connections to the service that wait for the next request; the one used last goes first. */
export class UpstreamPool {
  readonly #route: Route;
  readonly #connectTimeoutMs: number;
  readonly #idleTimeoutMs: number;
  readonly #idle: UpstreamConnection[] = [];

  constructor(route: Route, connectTimeoutMs: number, idleTimeoutMs: number) {
    this.#route = route;
    this.#connectTimeoutMs = connectTimeoutMs;
    this.#idleTimeoutMs = idleTimeoutMs;
  }

  takeIdle(): UpstreamConnection | undefined {
    return this.#idle.pop();
  }

  async open(): Promise<Result<UpstreamConnection, DialFailure>> {
    let opened: UpstreamConnection | undefined;
    const dialled = await dialRaw(this.#route, this.#connectTimeoutMs, (socket) => {
      opened = new UpstreamConnection(socket, this);
      return opened;
    });
    if (!dialled.ok) return dialled;
    return opened ? ok(opened) : err({ kind: "unreachable", cause: "it ends the connection" });
  }

  /** Takes back a connection whose exchange has come to its end. */
  release(connection: UpstreamConnection): void {
    connection.user = undefined;
    if (this.#idle.length >= idleConnections) return void connection.socket.terminate();
    connection.idleSince = performance.now();
    this.#idle.push(connection);
  }

  /** One that was closed, or has said something that nobody asked for. */
  forget(connection: UpstreamConnection): void {
    const at = this.#idle.indexOf(connection);
    if (at !== -1) this.#idle.splice(at, 1);
  }

  closeIdle(now: number): void {
    while (this.#idle[0] && now - this.#idle[0].idleSince > this.#idleTimeoutMs) this.#idle.shift()?.socket.terminate();
  }
}

export class UpstreamConnection implements SocketSide {
  readonly socket: RawSocket;
  readonly outgoing: Outgoing;
  user: UpstreamUser | undefined;
  idleSince = 0;
  readonly #pool: UpstreamPool;
  #closed = false;

  constructor(socket: RawSocket, pool: UpstreamPool) {
    this.socket = socket;
    this.outgoing = new Outgoing(socket);
    this.#pool = pool;
  }

  get isClosed(): boolean {
    return this.#closed;
  }

  data(bytes: Buffer): void {
    if (this.user) return this.user.upstreamData(bytes);
    this.#pool.forget(this);
    this.socket.terminate();
  }

  drain(): void {
    this.user?.upstreamDrained();
  }

  closed(): void {
    this.#closed = true;
    this.#pool.forget(this);
    this.user?.upstreamClosed();
  }
}
