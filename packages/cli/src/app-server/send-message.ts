import { serveChannel } from "@codex/app-server/serve-channel";
import type { AppServer } from "@codex/app-server/server";
import type { Channel, Incoming } from "@codex/app-server/transports/channel";
import { newId } from "@codex/platform/ids";
import { stdio } from "@codex/platform/stdio";
import { isObject, parseJson } from "@codex/protocol/json";
import { version } from "@codex/protocol/version";

/**
 * Plays a client that starts a thread, says something in it and waits for the end of the turn, and prints every message as it
 * goes over a wire: `> ` what the client sends, `< ` what the server does. Every question is declined. 1 where a request or the
 * turn fails.
 */
export async function sendMessage(server: AppServer, text: string): Promise<number> {
  const client = printedClient();
  const serving = serveChannel(server, client.channel, () => server.close());
  const code = await converse(client, text);
  client.leave();
  await serving;
  return code;
}

async function converse({ ask, send, turnEnded }: PrintedClient, text: string): Promise<number> {
  const hello = await ask("initialize", {
    clientInfo: { name: "codex-toy-app-server", title: "Codex Toy App Server", version },
    capabilities: { experimentalApi: true, optOutNotificationMethods: pieces },
  });
  if (!hello) return 1;
  send({ method: "initialized" });
  const opened = await ask("thread/start", {});
  const thread = opened?.["thread"];
  if (!isObject(thread)) return 1;
  const input = [{ type: "text", text, text_elements: [] }];
  if (!(await ask("turn/start", { threadId: thread["id"], input }))) return 1;
  return (await turnEnded) === "completed" ? 0 : 1;
}

/** The whole comes later. */
const pieces = [
  "command/exec/outputDelta",
  "item/agentMessage/delta",
  "item/plan/delta",
  "item/fileChange/outputDelta",
  "item/reasoning/summaryTextDelta",
  "item/reasoning/textDelta",
];

type PrintedClient = ReturnType<typeof printedClient>;

function printedClient() {
  const toServer: Incoming[] = [];
  let wake = () => {};
  let left = false;
  const waiting = new Map<unknown, (result: Record<string, unknown> | undefined) => void>();
  const turn = Promise.withResolvers<unknown>();

  const send = (message: Record<string, unknown>) => {
    print(">", message);
    toServer.push({ type: "text", text: JSON.stringify(message) });
    wake();
  };
  const hear = (message: Record<string, unknown>) => {
    print("<", message);
    const { id, method, params, result } = message;
    if (method === undefined) waiting.get(id)?.(isObject(result) ? result : undefined);
    else if (id !== undefined) send({ id, result: { decision: "decline" } });
    else if (method === "turn/completed" && isObject(params) && isObject(params["turn"]))
      turn.resolve(params["turn"]["status"]);
  };
  async function* incoming(): AsyncGenerator<Incoming> {
    for (;;) {
      yield* toServer.splice(0);
      if (left) return;
      if (toServer.length === 0) await new Promise<void>((resolve) => void (wake = resolve));
    }
  }
  const channel: Channel = {
    incoming: incoming(),
    send(text) {
      const message = parseJson(text);
      if (isObject(message)) hear(message);
    },
    waiting: 0,
    below: () => Promise.resolve(),
    gone: new AbortController().signal,
    close: () => Promise.resolve(),
  };
  return {
    channel,
    send,
    ask(method: string, params: unknown) {
      const id = newId();
      const { promise, resolve } = Promise.withResolvers<Record<string, unknown> | undefined>();
      waiting.set(id, resolve);
      send({ id, method, params });
      return promise;
    },
    turnEnded: turn.promise,
    leave() {
      left = true;
      wake();
    },
  };
}

const print = (side: ">" | "<", message: Record<string, unknown>): void =>
  stdio.out(`${side} ${JSON.stringify(message, null, 2).replaceAll("\n", `\n${side} `)}\n`);
