import type { ServerRequest, ServerRequestMethod, ServerRequestResults } from "@codex/protocol/approvals";
import type { Method, MethodResult, Params } from "@codex/protocol/methods";
import type { ServerNotification } from "@codex/protocol/notifications";
import type { Result } from "@codex/protocol/result";
import { nextConnectionId, type Connection } from "./connection.ts";
import { dispatch } from "./dispatch.ts";
import { NotificationQueue } from "./notification-queue.ts";
import type { AppServer } from "./server.ts";

/** What a face holds: nothing of the engine, only requests, notifications and the questions it answers. */
export type ProtocolClient = {
  request<M extends Method>(method: M, params: Params<M>): Promise<Result<MethodResult<M>>>;
  /** Every notification in order; ends after `close`. One reader only. */
  notifications(): AsyncIterable<ServerNotification>;
  /** The one who answers the server's questions; without one every question is declined. */
  answer(answer: (request: ServerRequest) => Promise<ServerRequestResults[ServerRequestMethod]>): void;
  close(): void;
};

/** A client in the server's own process: typed calls, a queue of notifications, no serialisation. */
export function connectInProcess(server: AppServer): ProtocolClient {
  const queue = new NotificationQueue();
  let answerer: (request: ServerRequest) => Promise<ServerRequestResults[ServerRequestMethod]> = async () => ({
    decision: "decline",
  });
  const gone = new AbortController();
  const connection: Connection = {
    id: nextConnectionId(),
    checksParams: false,
    client: undefined,
    optedOut: new Set(),
    experimentalApi: true,
    gone: gone.signal,
    notify: (notification) => queue.push(notification),
    ask: (request) => answerer(request),
  };
  server.subscriptions.add(connection);
  return {
    request: (method, params) => dispatch(server, connection, method, params),
    notifications: () => queue.read(),
    answer: (answer) => {
      answerer = answer;
    },
    close: () => {
      server.subscriptions.remove(connection);
      gone.abort();
      queue.end();
    },
  };
}
