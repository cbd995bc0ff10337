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
  notify(notification: ServerNotification): void;
  ask(request: ServerRequest): Promise<ServerRequestResults[ServerRequestMethod]>;
};
