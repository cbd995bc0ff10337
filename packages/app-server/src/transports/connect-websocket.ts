import type { Connection } from "@codex/platform/tcp";
import { err, ok, type Result } from "@codex/protocol/result";
import { acceptOf } from "./answer-http.ts";
import type { Channel } from "./channel.ts";
import { readHttpHead } from "./http-head.ts";
import { webSocketChannel } from "./websocket-channel.ts";

/** Speaks the upgrade as a client. `host` is what the server is called; the error says why it does not take us. */
export async function connectWebSocket(
  connection: Connection,
  { host, path = "/", token }: { host: string; path?: string; token?: string | undefined },
): Promise<Result<Channel, string>> {
  const key = Buffer.from(crypto.getRandomValues(new Uint8Array(16))).toString("base64");
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: ${host}`,
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    `Sec-WebSocket-Key: ${key}`,
    ...(token === undefined ? [] : [`Authorization: Bearer ${token}`]),
    "",
    "",
  ];
  const refused = (why: string): Result<never, string> => {
    connection.destroy();
    return err(why);
  };
  if (!(await connection.write(Buffer.from(lines.join("\r\n"))))) return refused("the connection was closed");
  const head = await readHttpHead(connection, patience);
  if (head === undefined) return refused("no WebSocket server answers there");
  const status = Number(head.start.split(" ")[1]);
  if (status !== 101) return refused(await reasonOf(status, head.rest));
  if (head.headers.get("sec-websocket-accept") !== acceptOf(key)) return refused("no WebSocket server answers there");
  return ok(webSocketChannel(connection, head.rest, "client"));
}

/** ms. */
const patience = 10_000;

async function reasonOf(status: number, body: Uint8Array): Promise<string> {
  const text = Buffer.from(body).toString().split("\n", 1)[0]?.trim().slice(0, 200) ?? "";
  const said = text === "" ? "" : `: ${text}`;
  return status === 401 ? `it wants a token${said}` : `it answers with status ${status}${said}`;
}
