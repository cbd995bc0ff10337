import type { ServerRequest, ServerRequestMethod, ServerRequestResults } from "@codex/protocol/approvals";
import { fail } from "@codex/protocol/errors";
import { isExperimentalNotification } from "@codex/protocol/find-experimental";
import type { Method, Params } from "@codex/protocol/methods";
import { err } from "@codex/protocol/result";
import { ClientLeft, nextConnectionId, type Connection } from "./connection.ts";
import { prepareCall } from "./dispatch.ts";
import { openOutbox, type Outbox } from "./outbox.ts";
import { readMessage, type RequestId } from "./read-message.ts";
import { isLongRunning, scopeOf } from "./scope-of.ts";
import type { AppServer } from "./server.ts";
import { isNewWork } from "./track-work.ts";
import { longestMessage, type Channel, type Incoming } from "./transports/channel.ts";

/**
 * Serves one client until it leaves: exactly one answer to each request, in order where requests are about the same thing.
 * What it sends is read no faster than it takes the answers. Resolves when the client has left and what it asked is answered,
 * but for what runs on by itself. `atEnd` runs when the input has ended; the client still hears what comes of it.
 */
export async function serveChannel(
  server: AppServer,
  channel: Channel,
  atEnd: () => Promise<void> = async () => {},
): Promise<void> {
  const left = new AbortController();
  const outbox = openOutbox((text) => sendUnlessTooSlow(channel, text));
  const questions = new Map<RequestId, PromiseWithResolvers<ServerRequestResults[ServerRequestMethod]>>();
  const connection = wireConnection(outbox, questions, left.signal, () => channel.below(enoughWaiting));
  const queues = new Map<string, Promise<unknown>>();
  const short = new Set<Promise<unknown>>();
  let running = 0;
  let fewer = () => {};

  const request = async (id: RequestId, method: string, params: unknown): Promise<void> => {
    const { queue, holds } = scopeOf(method, params);
    // Found and checked one after the other, so that requests begin in the order in which they came.
    const call = await prepareCall(server, connection, method as Method, params as Params<Method>);
    const before = queue === undefined ? undefined : queues.get(queue);
    const answer = async () => {
      await before;
      // Nobody is there to answer any more, so what has not begun is left alone.
      if (before && left.signal.aborted) return;
      const release = holds === undefined ? undefined : outbox.hold(holds);
      const refused = server.work.draining && connection.client && isNewWork(method);
      outbox.answer(id, refused ? err(fail("draining")) : await call());
      release?.();
    };
    const answered = answer();
    const isShort = !isLongRunning(method);
    const end = isShort ? server.work.begin() : () => {};
    running += 1;
    if (isShort) short.add(answered);
    if (queue !== undefined) queues.set(queue, answered);
    void answered.finally(() => {
      running -= 1;
      fewer();
      end();
      short.delete(answered);
      if (queue !== undefined && queues.get(queue) === answered) queues.delete(queue);
    });
    if (connection.client) return;
    // Nothing else is answered before the handshake, so it is waited for.
    await answered;
    if (connection.client)
      for (const notification of await server.greeting()) server.subscriptions.tell(connection, notification);
  };

  const receive = async (incoming: Incoming): Promise<void> => {
    if (incoming.type === "unreadable") return outbox.answer(null, err(unreadable[incoming.why]));
    const message = readMessage(incoming.text);
    switch (message.type) {
      case "request":
        return request(message.id, message.method, message.params);
      case "notification":
        return undefined;
      case "result":
        return settle(questions, message.id, ({ resolve }) => resolve(message.result as never));
      case "error":
        return settle(questions, message.id, ({ reject }) => reject(new Error(message.message)));
      case "malformed":
        return outbox.answer(message.id, err(message.error));
    }
  };

  server.subscriptions.add(connection);
  try {
    for await (const incoming of channel.incoming) {
      await receive(incoming);
      if (running >= mostRunning) await new Promise<void>((resolve) => void (fewer = resolve));
      if (channel.waiting > enoughWaiting) await channel.below(enoughWaiting);
    }
    await Promise.race([Promise.all(short), goneOrLate(channel)]);
    left.abort();
    await atEnd();
  } finally {
    server.subscriptions.remove(connection);
    left.abort();
    for (const question of questions.values()) question.reject(new ClientLeft());
    questions.clear();
  }
}

/** Requests of one client that are being answered at a time; each has come by then, so they are what bounds the memory. */
const mostRunning = 4096;
/** Bytes of answers not taken at which no more requests are read. */
const enoughWaiting = 8 * 1024 * 1024;
/** Bytes not taken at which a client counts as lost: holding more for it would cost the others. */
const tooManyWaiting = 64 * 1024 * 1024;
/** ms in which requests that came before the end of the input are answered. */
const lastAnswers = 1000;

const unreadable = {
  tooLong: fail("parseError", `the message is longer than ${longestMessage} bytes`),
  notUtf8: fail("parseError", "the message is no UTF-8"),
} as const;

function sendUnlessTooSlow(channel: Channel, text: string): void {
  if (channel.waiting > tooManyWaiting) void channel.close("tooSlow", 0);
  else channel.send(text);
}

function goneOrLate(channel: Channel): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, lastAnswers);
  channel.gone.addEventListener("abort", () => resolve(), { once: true });
  if (channel.gone.aborted) resolve();
  return promise.finally(() => clearTimeout(timer));
}

type Questions = Map<RequestId, PromiseWithResolvers<ServerRequestResults[ServerRequestMethod]>>;

/** Settled questions of one client that are remembered. */
const mostSettled = 64;

function settle(
  questions: Questions,
  id: RequestId,
  how: (question: ReturnType<Questions["get"]> & object) => void,
): void {
  const question = questions.get(id);
  questions.delete(id);
  if (question) how(question);
}

function wireConnection(
  outbox: Outbox,
  questions: Questions,
  gone: AbortSignal,
  ready: () => Promise<void>,
): Connection {
  const connection: Connection = {
    id: nextConnectionId(),
    checksParams: true,
    client: undefined,
    optedOut: new Set(),
    experimentalApi: false,
    gone,
    ready,
    notify(notification) {
      // Answered elsewhere, or not wanted any more. Kept, within bounds, to tell a client whose own answer comes too late.
      if (notification.method === "serverRequest/resolved" && questions.size > mostSettled) {
        questions.delete(notification.params.requestId);
      }
      // Who has not said hello is told nothing.
      if (!connection.client) return;
      if (connection.experimentalApi || !isExperimentalNotification(notification.method)) outbox.notify(notification);
    },
    ask(question: ServerRequest) {
      if (gone.aborted) return Promise.reject(new ClientLeft());
      const asked = Promise.withResolvers<ServerRequestResults[ServerRequestMethod]>();
      questions.set(question.id, asked);
      outbox.ask(question);
      return asked.promise;
    },
  };
  return connection;
}
