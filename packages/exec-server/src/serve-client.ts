import { encodeError, encodeResult } from "@codex/app-server/encode-message";
import { readMessage, type RequestId } from "@codex/app-server/read-message";
import { longestMessage, type Channel, type Incoming } from "@codex/app-server/transports/channel";
import { fail } from "@codex/protocol/errors";
import { isObject } from "@codex/protocol/json";
import { err, type Result } from "@codex/protocol/result";
import type { Client } from "./client.ts";
import type { Executor } from "./executor.ts";
import { closeHandles } from "./files/file-handles.ts";
import { findCall } from "./find-call.ts";
import { initialize } from "./handshake.ts";
import { openMissingWatch } from "./files/missing-watch.ts";
import { requestQueue } from "./request-queue.ts";

/**
 * Serves one client until it leaves: one answer to each request. What has to keep its order does; the rest runs side by side,
 * `concurrency` requests at most. Its session is left behind for it to come back to.
 */
export async function serveClient(executor: Executor, channel: Channel, concurrency: number): Promise<void> {
  const gone = new AbortController();
  channel.gone.addEventListener("abort", () => gone.abort(), { once: true });
  const client: Client = {
    executor,
    session: undefined,
    ready: false,
    handles: new Map(),
    missing: openMissingWatch(),
    streams: new Set(),
    gone: gone.signal,
    notify: ({ method, params }) => send(channel, JSON.stringify({ method, params })),
    room: () => channel.below(muchWaiting),
    answers: () => channel.answers?.(sign) ?? Promise.resolve(true),
    hangUp: () => void channel.close("done", 0),
  };
  const queue = requestQueue(concurrency);
  let running = 0;
  let fewer = () => {};

  const answer = (id: RequestId | null, result: Result<unknown>): void =>
    send(channel, result.ok ? encodeResult(id, result.value) : encodeError(id, result.error));

  const request = async (id: RequestId, name: string, params: unknown): Promise<void> => {
    if (name === "initialize") return answer(id, await initialize(client, params));
    const found = findCall(name, params, client);
    running += 1;
    const processId = isObject(params) ? params["processId"] : undefined;
    const work = async (): Promise<void> => {
      const answered = Promise.withResolvers<void>();
      // Nobody is there to hear it, so what has not begun is left alone.
      if (!gone.signal.aborted) answer(id, found.ok ? await found.value.run(answered.promise) : found);
      answered.resolve();
    };
    void queue
      .run(found.ok ? found.value.order : { type: "none" }, typeof processId === "string" ? processId : undefined, work)
      .finally(() => {
        running -= 1;
        fewer();
      });
    if (running >= mostRunning) await new Promise<void>((resolve) => void (fewer = resolve));
  };

  const receive = async (incoming: Incoming): Promise<void> => {
    if (incoming.type === "unreadable") return answer(null, err(unreadable[incoming.why]));
    const message = readMessage(incoming.text);
    switch (message.type) {
      case "request":
        return request(message.id, message.method, message.params);
      case "notification":
        if (message.method === "initialized") client.ready = client.session !== undefined;
        else executor.log(`a notification that means nothing here was left alone: ${message.method}`);
        return undefined;
      // Nothing is asked of clients.
      case "result":
      case "error":
        return executor.log("an answer to nothing was left alone");
      case "malformed":
        return answer(message.id, err(message.error));
    }
  };

  try {
    for await (const incoming of channel.incoming) {
      await receive(incoming);
      if (channel.waiting > muchWaiting) await channel.below(muchWaiting);
    }
  } finally {
    gone.abort();
    client.missing.close();
    if (client.session) executor.sessions.detach(client.session, client);
    await closeHandles(client.handles);
  }
}

/** ms in which a client that is there shows it. */
const sign = 1000;
/** Bytes of what a client was sent at which it is read from no more, and processes wait. */
const muchWaiting = 8 * 1024 * 1024;
/** Bytes not taken at which a client counts as lost. */
const tooManyWaiting = 64 * 1024 * 1024;
/** Requests that wait or run, of one client. */
const mostRunning = 4096;

function send(channel: Channel, text: string): void {
  if (channel.waiting > tooManyWaiting) void channel.close("tooSlow", 0);
  else channel.send(text);
}

const unreadable = {
  tooLong: fail("parseError", `the message is longer than ${longestMessage} bytes`),
  notUtf8: fail("parseError", "the message is no UTF-8"),
} as const;
