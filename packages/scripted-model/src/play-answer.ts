import type { ServerResponse } from "node:http";
import type { Answer } from "./build-answer.ts";
import { chunks, encodeEvent } from "./encode-events.ts";
import type { Pause } from "./piece.ts";

/** Writes an answer to a connection. Returns when there is nothing left to do on it, or `gone` says that the client left. */
export async function playAnswer(answer: Answer, response: ServerResponse, gone: Promise<unknown>): Promise<void> {
  switch (answer.kind) {
    case "status":
      response.writeHead(answer.status, answer.headers).end(answer.body);
      return;
    case "refusal":
      if (answer.how === "reset") response.socket?.resetAndDestroy();
      else await gone;
      return;
    case "stream":
      await playStream(answer, response, gone);
      return;
    default:
      answer satisfies never;
  }
}

async function playStream(
  { headers, actions, wire }: Extract<Answer, { kind: "stream" }>,
  response: ServerResponse,
  gone: Promise<unknown>,
): Promise<void> {
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-cache", ...headers });
  response.flushHeaders();
  // Events are gathered and written together up to the next pause: a scenario of 20,000 deltas costs one write.
  let pending = wire.byteOrderMark ? "\uFEFF" : "";
  const flush = async () => {
    const bytes = new TextEncoder().encode(pending);
    pending = "";
    for (const chunk of bytes.length > 0 ? chunks(bytes, wire.chunkBytes) : []) await write(response, chunk, gone);
  };
  // A body broken off is a closed socket and no TCP reset: that would also destroy what the client has yet to read.
  for (const action of actions) {
    if ("send" in action) pending += encodeEvent(action.send, wire);
    else if ("raw" in action) pending += action.raw;
    else {
      await flush();
      if ("wait" in action) await Promise.race([pause(action.wait), gone]);
      else if (action.end === "reset") return void response.socket?.destroy();
      else if (action.end === "silence") return void (await gone);
      else break;
    }
    if (response.destroyed) return;
  }
  await flush();
  response.end();
}

/** Resolves when the bytes have left this process and others had their turn, so that each chunk travels on its own. */
const write = (response: ServerResponse, chunk: Uint8Array, gone: Promise<unknown>): Promise<unknown> =>
  Promise.race([gone, new Promise<void>((done) => void response.write(chunk, () => setImmediate(done)))]);

const pause = (wait: Pause): Promise<void> => (typeof wait === "number" ? Bun.sleep(wait) : wait.opened);
