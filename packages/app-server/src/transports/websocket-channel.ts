import { orderedOutput } from "@codex/platform/ordered-output";
import type { Connection } from "@codex/platform/tcp";
import { longestMessage, type Channel, type CloseReason, type Incoming } from "./channel.ts";
import { closePayload, encodeFrame } from "./encode-frame.ts";
import { readFrames, type ByteSource } from "./read-frames.ts";

/** A connection after the upgrade: a text frame a message, both ways. Binary frames are ignored, as the original ignores them. */
export function webSocketChannel(connection: Connection, early: Uint8Array, side: "server" | "client"): Channel {
  const output = orderedOutput(async (bytes) => {
    if (!(await connection.write(bytes))) throw new Error("the connection is gone");
  });
  const mask = () => (side === "client" ? crypto.getRandomValues(new Uint8Array(4)) : undefined);
  const gone = new AbortController();
  void connection.gone.then(() => gone.abort());
  let closing = false;
  let peerClosed: () => void = () => {};
  const closedByPeer = new Promise<void>((resolve) => void (peerClosed = resolve));

  let heardFrom = (): void => {};

  const hangUp = (code: number, reason: string) => {
    if (!closing) output.write(encodeFrame("close", closePayload(code, reason), mask()));
    closing = true;
  };

  async function* incoming(): AsyncGenerator<Incoming> {
    const rules = { masked: side === "server", longest: longestMessage };
    for await (const frame of readFrames(withEarly(early, connection), rules)) {
      heardFrom();
      if (frame.type === "ping" && !closing) output.write(encodeFrame("pong", frame.payload, mask()));
      else if (frame.type === "text" && !closing) yield readText(frame.payload);
      else if (frame.type === "tooLong" && !closing) yield { type: "unreadable", why: "tooLong" };
      else if (frame.type === "close") hangUp(1000, "");
      else if (frame.type === "fault") hangUp(1002, frame.reason);
    }
    peerClosed();
    gone.abort();
    // The last words, for a client that is still there.
    await Promise.race([output.below(0), Bun.sleep(lastWords)]);
    connection.end();
    connection.destroy();
  }

  return {
    incoming: incoming(),
    send: (text) => closing || output.write(encodeFrame("text", text, mask())),
    get waiting() {
      return output.waiting;
    },
    below: (limit) => output.below(limit),
    async answers(patienceMs) {
      const heard = new Promise<boolean>((resolve) => void (heardFrom = () => resolve(true)));
      output.write(encodeFrame("ping", new Uint8Array(), mask()));
      return Promise.race([heard, connection.gone.then(() => false), Bun.sleep(patienceMs).then(() => false)]);
    },
    gone: AbortSignal.any([gone.signal, output.failed]),
    async close(why, patienceMs) {
      if (why === "tooSlow") output.drop();
      hangUp(...closeCodes[why]);
      await Promise.race([closedByPeer, connection.gone, Bun.sleep(patienceMs)]);
      connection.destroy();
    },
  };
}

/** ms. */
const lastWords = 1000;

const closeCodes: Readonly<Record<CloseReason, readonly [code: number, reason: string]>> = {
  done: [1000, ""],
  draining: [1001, "the server is shutting down; reconnect later and resume your threads"],
  tooSlow: [1013, "disconnected: too much was waiting to be read; reconnect and resume your threads"],
};

const decoder = new TextDecoder("utf-8", { fatal: true });

function readText(payload: Uint8Array): Incoming {
  try {
    return { type: "text", text: decoder.decode(payload) };
  } catch {
    return { type: "unreadable", why: "notUtf8" };
  }
}

/** What came in one piece with the upgrade, then the rest. */
function withEarly(early: Uint8Array, connection: Connection): ByteSource {
  let first: Uint8Array | undefined = early.byteLength > 0 ? early : undefined;
  return {
    read() {
      const bytes = first;
      first = undefined;
      return bytes === undefined ? connection.read() : Promise.resolve(bytes);
    },
  };
}
