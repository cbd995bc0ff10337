import type { Channel } from "@codex/app-server/transports/channel";
import { stdioChannel } from "@codex/app-server/transports/stdio-channel";
import { codexHome } from "@codex/config/codex-home";
import { socketBehind } from "@codex/platform/claim-socket";
import { currentEnvironment } from "@codex/platform/env";
import { orderedOutput, writeTo } from "@codex/platform/ordered-output";
import { stdinChunks } from "@codex/platform/stdin-chunks";
import { connectToSocket, type Connection } from "@codex/platform/tcp";
import { fail, type CodexError } from "@codex/protocol/errors";
import { isObject, parseJson } from "@codex/protocol/json";
import { resolve } from "node:path";
import { refuse } from "../refuse.ts";
import { controlSocket } from "./control-socket.ts";
import { reachServer } from "./reach-server.ts";

/** Passes on until either side ends. */
export async function runProxy({ sock, lines }: { sock?: string; lines?: boolean }): Promise<number> {
  const home = codexHome(currentEnvironment());
  if (!home.ok) return refuse(home.error);
  const path = sock === undefined ? controlSocket(home.value) : resolve(sock);
  if (lines) {
    const channel = await reachServer({ type: "unix", path });
    return channel.ok ? passMessages(channel.value) : refuse(unreachable(path, channel.error));
  }
  const connected = await connectToSocket(socketBehind(path));
  if (connected.ok) return passBytes(connected.value);
  const why = connected.error === "ENOENT" ? "No such file or directory" : connected.error;
  return refuse(unreachable(path, why));
}

const unreachable = (path: string, why: string): CodexError =>
  fail("usage", `Error: failed to connect to socket at ${path}: ${why}`);

async function passBytes(connection: Connection): Promise<number> {
  const output = orderedOutput(writeTo(1));
  const done = new AbortController();
  const toServer = async () => {
    for await (const bytes of stdinChunks(done.signal)) if (!(await connection.write(bytes))) return;
    connection.end();
  };
  const toClient = async () => {
    for (let bytes = await connection.read(); bytes; bytes = await connection.read()) {
      output.write(bytes);
      await output.below(enough);
      if (output.failed.aborted) break;
    }
    done.abort();
    connection.destroy();
  };
  await Promise.all([toServer(), toClient()]);
  await output.below(0);
  return 0;
}

async function passMessages(server: Channel): Promise<number> {
  const client = stdioChannel();
  const asked = new Set<unknown>();
  let answered = () => {};
  const toServer = async () => {
    for await (const message of client.incoming) {
      // What cannot be read is passed on as something that cannot be read: the server says so.
      const text = message.type === "text" ? message.text : "\u0000";
      note(text, (id) => asked.add(id), undefined);
      server.send(text);
      await server.below(enough);
    }
    // An input that ends at once, as of `echo`, has its answers all the same.
    while (asked.size > 0 && !server.gone.aborted) await new Promise<void>((resolve) => void (answered = resolve));
    await server.close("done", lastWords);
  };
  const toClient = async () => {
    for await (const message of server.incoming) {
      if (message.type !== "text") continue;
      client.send(message.text);
      note(message.text, undefined, (id) => asked.delete(id));
      if (asked.size === 0) answered();
      await client.below(enough);
      if (client.gone.aborted) break;
    }
  };
  void toServer();
  await toClient();
  await client.close("done", lastWords);
  return 0;
}

function note(
  text: string,
  onRequest: ((id: unknown) => void) | undefined,
  onAnswer: ((id: unknown) => void) | undefined,
) {
  const message = parseJson(text);
  if (!isObject(message) || message["id"] === undefined) return;
  if (message["method"] === undefined) onAnswer?.(message["id"]);
  else onRequest?.(message["id"]);
}

/** Bytes that may wait on the way. */
const enough = 1024 * 1024;
/** ms. */
const lastWords = 2000;
