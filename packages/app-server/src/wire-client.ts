import type { ServerRequest, ServerRequestMethod, ServerRequestResults } from "@codex/protocol/approvals";
import { errors, fail, type CodexError, type ErrorCode } from "@codex/protocol/errors";
import { isObject, parseJson } from "@codex/protocol/json";
import type { ServerNotification } from "@codex/protocol/notifications";
import { err, ok, type Result } from "@codex/protocol/result";
import type { ProtocolClient } from "./client.ts";
import { NotificationQueue } from "./notification-queue.ts";
import type { Channel } from "./transports/channel.ts";

/** A client of a server in another process: what `connectInProcess` gives, over a wire. */
export function connectWire(channel: Channel): ProtocolClient {
  const queue = new NotificationQueue();
  const pending = new Map<number, (answer: Result<unknown>) => void>();
  let nextId = 0;
  let answerer: (request: ServerRequest) => Promise<ServerRequestResults[ServerRequestMethod]> = async () => ({
    decision: "decline",
  });
  let over = false;

  const reply = async (request: ServerRequest) => {
    try {
      channel.send(JSON.stringify({ id: request.id, result: await answerer(request) }));
    } catch (error) {
      const message = error instanceof Error ? error.message : String(error);
      channel.send(JSON.stringify({ id: request.id, error: { code: -32603, message } }));
    }
  };
  const receive = (message: unknown) => {
    if (!isObject(message)) return;
    const { id, method, params, result, error } = message;
    if (typeof method === "string" && id !== undefined) void reply({ id, method, params } as ServerRequest);
    else if (typeof method === "string") queue.push({ method, params } as ServerNotification);
    else if (typeof id === "number") {
      pending.get(id)?.(isObject(error) ? err(readError(error)) : ok(result));
      pending.delete(id);
    }
  };
  void (async () => {
    for await (const incoming of channel.incoming) if (incoming.type === "text") receive(parseJson(incoming.text));
    over = true;
    for (const settle of pending.values()) settle(err(fail("serverGone")));
    pending.clear();
    queue.end();
  })();

  return {
    request(method, params) {
      if (over) return Promise.resolve(err(fail("serverGone")));
      const id = nextId++;
      const { promise, resolve } = Promise.withResolvers<Result<unknown>>();
      pending.set(id, resolve);
      channel.send(JSON.stringify({ id, method, params }));
      return promise as ReturnType<typeof this.request<typeof method>>;
    },
    notifications: () => queue.read(),
    answer: (answer) => {
      answerer = answer;
    },
    close: () => {
      queue.end();
      void channel.close("done", farewell);
    },
  };
}

/** ms for the server to take what was said last. */
const farewell = 1000;

/** The server's sentence, under the code that it names where that is one of ours. */
function readError({ message, data }: Record<string, unknown>): CodexError {
  const named = isObject(data) ? data["code"] : undefined;
  const code: ErrorCode = typeof named === "string" && named in errors ? (named as ErrorCode) : "invalidRequest";
  return { code, message: String(message), ...(isObject(data) ? { data } : {}) };
}
