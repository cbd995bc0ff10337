import type { RawSocket, SocketSide } from "@codex/platform/raw-socket";
import { type AnswerStatus, continueAnswer, emptyAnswer, errorAnswer, type ProxyError } from "./answers.ts";
import { BodyReader } from "./body-reader.ts";
import { type Client, Exchange } from "./exchange.ts";
import { Outgoing } from "./outgoing.ts";
import { type Framing, parseRequestHead, type RequestHead, requestFraming, staysOpen } from "./parse-head.ts";
import type { ProxyContext } from "./proxy-context.ts";

const headLimit = 64 * 1024;
/** What a client may send ahead of its turn. */
const aheadLimit = 64 * 1024;
/** A head that has begun has to be complete by then, ms; and a connection that was ended has to be closed. */
const headTimeoutMs = 30_000;
/** A connection between two requests, ms. Longer than what clients keep theirs for. */
const restTimeoutMs = 120_000;
/** How long a refused client may go on sending, ms. */
const lingerMs = 2000;

/** What the connection is about. */
type Phase = "head" | "body" | "answer" | "linger";

/** A connection of a program that uses the proxy: one request after the other. */
export class ClientConnection implements SocketSide, Client {
  readonly #context: ProxyContext;
  readonly #socket: RawSocket;
  readonly #outgoing: Outgoing;
  readonly #onClosed: (connection: ClientConnection) => void;
  #phase: Phase = "head";
  #since = performance.now();
  /** Came and was not taken yet. */
  #arrived: Buffer | undefined;
  #body: BodyReader | undefined;
  #exchange: Exchange | undefined;
  #held = false;
  #paused = false;
  /** `#take` is at work: what ends an exchange meanwhile leaves going on to it. */
  #taking = false;
  #endsWhenSent = false;
  #afterSent: (() => void) | undefined;

  constructor(context: ProxyContext, socket: RawSocket, onClosed: (connection: ClientConnection) => void) {
    this.#context = context;
    this.#socket = socket;
    this.#outgoing = new Outgoing(socket);
    this.#onClosed = onClosed;
  }

  data(bytes: Buffer): void {
    if (this.#phase === "linger") return;
    if (this.#arrived === undefined && this.#phase === "head") this.#since = performance.now();
    this.#arrived = this.#arrived ? Buffer.concat([this.#arrived, bytes]) : bytes;
    this.#take();
    if (this.#phase === "answer" && (this.#arrived?.length ?? 0) > aheadLimit) this.#pause(true);
  }

  drain(): void {
    if (!this.#outgoing.flush()) return;
    if (this.#endsWhenSent) this.#close();
    this.#exchange?.clientDrained();
  }

  closed(): void {
    const exchange = this.#exchange;
    this.#exchange = undefined;
    this.#phase = "linger";
    this.#arrived = undefined;
    exchange?.abort();
    this.#onClosed(this);
  }

  /** Looks whether something has rested for too long. */
  check(now: number): void {
    const { idleTimeoutMs } = this.#context;
    if (this.#exchange) {
      if (idleTimeoutMs > 0 && now - this.#exchange.touched > idleTimeoutMs) this.#exchange.expire();
      return;
    }
    const rested = now - this.#since;
    if (this.#phase === "linger") {
      // Not with a reset: the end of the answer may still be on its way to a slow reader.
      if (rested > headTimeoutMs) this.#socket.terminate();
      else if (rested > lingerMs) this.#socket.end();
    } else if (this.#arrived !== undefined) {
      if (rested > headTimeoutMs) this.#refuse(slowHead);
    } else if (rested > restTimeoutMs) this.#socket.terminate();
  }

  /** Goes on with what has arrived for as long as that leads anywhere. */
  #take(): void {
    if (this.#taking) return;
    this.#taking = true;
    while (this.#arrived !== undefined && this.#step(this.#arrived));
    this.#taking = false;
  }

  /** False where more has to come first. */
  #step(bytes: Buffer): boolean {
    switch (this.#phase) {
      case "head":
        return this.#readHead(bytes);
      case "body":
        return this.#readBody(bytes);
      case "answer":
        return false;
      case "linger":
        this.#arrived = undefined;
        return false;
    }
  }

  #readHead(bytes: Buffer): boolean {
    // An empty line before a request is left over from the one before (RFC 9112, 2.2).
    if (bytes[0] === 13 && bytes[1] === 10) {
      this.#arrived = bytes.length > 2 ? bytes.subarray(2) : undefined;
      return true;
    }
    const end = bytes.indexOf("\r\n\r\n");
    if (end > headLimit || (end === -1 && bytes.length > headLimit)) return this.#refuse(headTooLong);
    if (end === -1) {
      // What cannot become a head any more is not waited for.
      return bytes.length > 2 && !/^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,32}( |$)/.test(bytes.toString("latin1", 0, 33))
        ? this.#refuse(malformed)
        : false;
    }
    const head = parseRequestHead(bytes.toString("latin1", 0, end));
    const framing = head && requestFraming(head);
    if (head === undefined || framing === undefined) return this.#refuse(malformed);
    this.#arrived = end + 4 < bytes.length ? bytes.subarray(end + 4) : undefined;
    return this.#route(head, framing);
  }

  #route(head: RequestHead, framing: Framing): boolean {
    const { shutDown } = this.#context;
    if (head.method === "GET" && head.target === "/shutdown" && shutDown) {
      this.#afterSent = shutDown;
      this.#answer(200, false);
      return false;
    }
    if (head.method !== "POST" || head.target !== "/v1/responses")
      return this.#answer(403, staysOpen(head) && framing.type === "none");
    const expected = head.headers.find(([name]) => name === "expect")?.[1];
    if (expected !== undefined && expected.toLowerCase() !== "100-continue") return this.#refuse(unknownExpectation);
    const exchange = new Exchange(this.#context, this, head, framing);
    if (!exchange.fits) {
      exchange.abort();
      return this.#refuse(headTooLong);
    }
    this.#exchange = exchange;
    this.#phase = "body";
    this.#body = new BodyReader(framing);
    if (expected !== undefined && head.minor === 1 && this.#arrived === undefined && !this.#body.done)
      this.#outgoing.write(Buffer.from(continueAnswer));
    exchange.start();
    if (this.#body.done) this.#endBody();
    else if (this.#arrived === undefined) exchange.flushRequest();
    return this.#arrived !== undefined;
  }

  #readBody(bytes: Buffer): boolean {
    const [body, exchange] = [this.#body, this.#exchange];
    if (body === undefined || exchange === undefined) return false;
    const end = body.read(bytes, 0, (piece) => exchange.bodyPiece(piece));
    if (end === -1) {
      this.#exchange = undefined;
      exchange.abort();
      return this.#refuse(malformed, exchange.answering);
    }
    this.#arrived = end < bytes.length ? bytes.subarray(end) : undefined;
    if (body.done) this.#endBody();
    else exchange.flushRequest();
    return this.#arrived !== undefined;
  }

  #endBody(): void {
    this.#phase = "answer";
    this.#exchange?.bodyEnd();
    this.#exchange?.flushRequest();
  }

  // What an exchange tells.

  send(bytes: Uint8Array): boolean {
    this.#outgoing.write(bytes);
    return !this.#outgoing.waits;
  }

  hold(held: boolean): void {
    this.#held = held;
    if (held !== this.#paused) this.#pause(held);
  }

  answered(keepOpen: boolean): void {
    this.#rest();
    if (!keepOpen) return this.#end();
    this.#phase = "head";
    this.#pause(false);
    this.#take();
  }

  refused(error: ProxyError): void {
    const keepOpen = this.#exchange?.requestComplete === true && error.status !== 408;
    this.#rest();
    if (!keepOpen) return void this.#refuse(error);
    this.#phase = "head";
    this.#outgoing.write(Buffer.from(errorAnswer(error, true)));
    this.#pause(false);
    this.#take();
  }

  broken(): void {
    this.#rest();
    this.#socket.terminate();
  }

  #rest(): void {
    this.#exchange = undefined;
    this.#body = undefined;
    this.#held = false;
    this.#since = performance.now();
  }

  // Answers of our own. They return false: nothing else is read then.

  #answer(status: AnswerStatus, keepOpen: boolean): boolean {
    this.#outgoing.write(Buffer.from(emptyAnswer(status, keepOpen)));
    if (keepOpen) return true;
    this.#end();
    return false;
  }

  #refuse(error: ProxyError, answering = false): false {
    if (answering) this.#socket.terminate();
    else {
      this.#outgoing.write(Buffer.from(errorAnswer(error, false)));
      this.#end();
    }
    return false;
  }

  /** Ends the connection once all is sent. What the client still sends is dropped: closing at once would cost it the answer. */
  #end(): void {
    this.#phase = "linger";
    this.#arrived = undefined;
    this.#since = performance.now();
    this.#pause(false);
    if (this.#outgoing.waits) this.#endsWhenSent = true;
    else this.#close();
  }

  #close(): void {
    this.#endsWhenSent = false;
    this.#socket.shutdown();
    this.#afterSent?.();
  }

  #pause(paused: boolean): void {
    if (paused === this.#paused) return;
    if (!paused && this.#held) return;
    this.#paused = paused;
    if (paused) this.#socket.pause();
    else this.#socket.resume();
  }
}

const refusal = (status: AnswerStatus, code: string, message: string): ProxyError => ({ status, code, message });
const malformed = refusal(400, "malformed_request", "The request is no valid HTTP/1.1 message; correct the client.");
const slowHead = refusal(408, "request_timeout", "The request's head did not come in time; send it again.");
const headTooLong = refusal(431, "head_too_long", `The request's head is too long; ${headLimit} bytes are possible.`);
const unknownExpectation = refusal(417, "unknown_expectation", "Only 100-continue can be expected.");
