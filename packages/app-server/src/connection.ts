import type { ServerRequest, ServerRequestMethod, ServerRequestResults } from "@codex/protocol/approvals";
import type { Client } from "@codex/core/engine";
import type { ServerNotification } from "@codex/protocol/notifications";

/** One client on the line. */
export type Connection = {
  readonly id: number;
  /** False for a client in our own process, whose params the compiler has checked. */
  readonly checksParams: boolean;
  /** Set by `initialize`. */
  client: Client | undefined;
  /** Methods the client does not want to hear of. */
  optedOut: ReadonlySet<string>;
  /** Set by `initialize`: the client knows the experimental part of the protocol. */
  experimentalApi: boolean;
  /** Aborted when the client has left: what belongs to it alone (its commands, its watches) ends then. */
  readonly gone: AbortSignal;
  notify(notification: ServerNotification): void;
  /** Resolves when the client has taken so much of what it was told that more is welcome; absent where it takes all at once. */
  readonly ready?: () => Promise<void>;
  /**
   * The client's answer as it came, which nobody has checked. Rejects with `ClientLeft` when it leaves before, and with the
   * client's own message when it answers with an error. A late one, after `serverRequest/resolved`, may never settle.
   */
  ask(request: ServerRequest): Promise<ServerRequestResults[ServerRequestMethod]>;
};

/** Why a question has no answer: its client is gone. */
export class ClientLeft extends Error {
  override readonly name = "ClientLeft";
}

let connections = 0;

/** Tells connections of this process apart. */
export const nextConnectionId = (): number => connections++;
