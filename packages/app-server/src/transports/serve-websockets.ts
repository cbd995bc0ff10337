import { listenAt, type Connection, type ListenAddress, type Listener } from "@codex/platform/tcp";
import type { Result } from "@codex/protocol/result";
import { answerHttp, encodeAnswer, type Authorize, type Door } from "./answer-http.ts";
import type { Channel } from "./channel.ts";
import { readHttpHead } from "./http-head.ts";
import { webSocketChannel } from "./websocket-channel.ts";

/** Listens for WebSocket clients over TCP or a Unix socket, and gives a channel for each that may come in. */
export const serveWebSockets = (
  at: ListenAddress,
  authorize: Authorize,
  onChannel: (channel: Channel) => void,
  door?: Door,
): Result<Listener, string> =>
  listenAt(at, (connection) => {
    void open(connection, authorize, door).then((channel) => channel && onChannel(channel));
  });

async function open(connection: Connection, authorize: Authorize, door?: Door): Promise<Channel | undefined> {
  const head = await readHttpHead(connection, patience);
  if (head === undefined) {
    connection.destroy();
    return undefined;
  }
  const answer = answerHttp(head, authorize, door);
  const sent = await connection.write(Buffer.from(encodeAnswer(answer, frameLimit)));
  if (sent && answer.type === "upgrade") return webSocketChannel(connection, head.rest, "server");
  connection.end();
  await Promise.race([connection.gone, Bun.sleep(farewell)]);
  connection.destroy();
  return undefined;
}

/** ms for a client to say what it wants, and to go once it is refused. */
const patience = 10_000;
const farewell = 1000;

/** Clients of the original look for it: a longer message has to come in several frames. Longer frames are taken here too. */
const frameLimit = { "x-codex-websocket-max-unfragmented-message-bytes": "16777216" };
