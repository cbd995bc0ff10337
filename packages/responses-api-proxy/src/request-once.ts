import { lockMemory, type LockedMemory } from "@codex/platform/locked-memory";
import { dialRaw, type RawSocket, type SocketSide } from "@codex/platform/raw-socket";
import { err, ok, type Result } from "@codex/protocol/result";
import { BodyReader } from "./body-reader.ts";
import type { Route } from "./find-route.ts";
import { parseResponseHead, responseFraming } from "./parse-head.ts";
import type { Upstream } from "./parse-upstream.ts";
import { createSecretWriter, type Secret } from "./secret-header.ts";

/** A reply whose body lies in locked memory. */
export type WholeReply = { readonly status: number; readonly memory: LockedMemory; readonly length: number };

type OneRequest = {
  readonly upstream: Upstream;
  readonly route: Route;
  readonly connectTimeoutMs: number;
  /** A GET with a bearer token, or a POST of JSON; both are secrets. */
  readonly content: { readonly bearer: Secret } | { readonly json: Secret };
};

const replyLimit = 64 * 1024;
const patienceMs = 30_000;

/** One request on a connection of its own. What passes through the socket's buffers is wiped behind it. The error says why not. */
export async function requestOnce(request: OneRequest): Promise<Result<WholeReply, string>> {
  const { upstream, route, connectTimeoutMs } = request;
  const reply = collectReply();
  const dialled = await dialRaw(route, connectTimeoutMs, () => reply);
  if (!dialled.ok) return err(`${upstream.host} cannot be reached (${dialled.error.cause})`);
  const socket = dialled.value;
  const timer = setTimeout(() => reply.give(err(`${upstream.host} does not answer`)), patienceMs);
  sendSecret(socket, request, reply);
  const result = await reply.done;
  clearTimeout(timer);
  socket.terminate();
  return result;
}

function sendSecret(socket: RawSocket, { upstream, content }: OneRequest, reply: ReplySide): void {
  const common = `host: ${upstream.host}\r\naccept: application/json\r\nconnection: close\r\n`;
  const [secret, before] =
    "bearer" in content
      ? [content.bearer, `GET ${upstream.path} HTTP/1.1\r\n${common}authorization: Bearer `]
      : [
          content.json,
          `POST ${upstream.path} HTTP/1.1\r\n${common}content-type: application/json\r\ncontent-length: ${content.json.length}\r\n\r\n`,
        ];
  const parts = { before, after: "bearer" in content ? "\r\n\r\n" : "" };
  const writer = createSecretWriter(secret);
  let sent = 0;
  reply.onDrain = () => {
    if (sent < 0 || sent >= writer.lengthOf(parts)) return;
    sent = writer.write(parts, sent, (bytes) => socket.write(bytes));
    if (sent < 0) reply.give(err("the connection was closed"));
  };
  reply.onDrain();
}

type ReplySide = SocketSide & {
  onDrain: () => void;
  give(result: Result<WholeReply, string>): void;
  readonly done: Promise<Result<WholeReply, string>>;
};

function collectReply(): ReplySide {
  const settled = Promise.withResolvers<Result<WholeReply, string>>();
  const raw = lockMemory(replyLimit);
  const body = lockMemory(replyLimit);
  const text = Buffer.from(raw.bytes.buffer, raw.bytes.byteOffset, raw.bytes.byteLength);
  let length = 0;
  const give = (result: Result<WholeReply, string>): void => {
    raw.wipe();
    settled.resolve(result);
  };
  /** Reads the whole anew each time: it is short, and comes in few pieces. */
  const read = (ended: boolean): void => {
    const headEnd = text.subarray(0, length).indexOf("\r\n\r\n");
    if (headEnd === -1) return ended ? give(err("the connection was closed")) : undefined;
    const head = parseResponseHead(text.toString("latin1", 0, headEnd));
    const framing = head && responseFraming(head);
    if (head === undefined || framing === undefined) return give(err("the answer is no valid HTTP/1.1"));
    const reader = new BodyReader(framing);
    let size = 0;
    const end = reader.read(text.subarray(0, length), headEnd + 4, (piece) => {
      body.bytes.set(piece, size);
      size += piece.length;
    });
    if (end === -1) return give(err("the answer is no valid HTTP/1.1"));
    if (reader.done || (ended && framing.type === "close"))
      return give(ok({ status: head.status, memory: body, length: size }));
    if (ended) give(err("the connection was closed"));
  };
  return {
    onDrain: () => {},
    give,
    done: settled.promise,
    drain() {
      this.onDrain();
    },
    data(bytes) {
      const fits = length + bytes.length <= replyLimit;
      if (fits) text.set(bytes, length);
      length += fits ? bytes.length : 0;
      bytes.fill(0);
      if (fits) read(false);
      else give(err("the answer is too long"));
    },
    closed: () => read(true),
  };
}
