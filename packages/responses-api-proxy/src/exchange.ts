import type { DialFailure } from "@codex/platform/raw-socket";
import type { ProxyError } from "./answers.ts";
import { BodyReader } from "./body-reader.ts";
import type { ExchangeDump } from "./dump-exchanges.ts";
import { Pieces } from "./frame-chunks.ts";
import {
  endToEnd,
  type Framing,
  headerText,
  parseResponseHead,
  type RequestHead,
  type ResponseHead,
  responseFraming,
  staysOpen,
} from "./parse-head.ts";
import type { ProxyContext } from "./proxy-context.ts";
import type { SecretParts } from "./secret-header.ts";
import type { UpstreamConnection, UpstreamUser } from "./upstream-pool.ts";

/** Whom the answer is for. */
export type Client = {
  /** Sends a part of the answer; whether the client can take more at once. */
  send(bytes: Uint8Array): boolean;
  /** The answer is complete. */
  answered(keepOpen: boolean): void;
  /** There is no answer, and nothing of one has been sent. */
  refused(error: ProxyError): void;
  /** The answer broke off. */
  broken(): void;
  /** Whether more of the request's body can be taken. */
  hold(held: boolean): void;
};

const responseHeadLimit = 256 * 1024;
const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/** One request on its way to the service, and its answer on the way back; both pass through as they come. */
export class Exchange implements UpstreamUser {
  readonly #context: ProxyContext;
  readonly #client: Client;
  readonly #request: RequestHead;
  readonly #head: SecretParts;
  readonly #dump: ExchangeDump | undefined;
  /** When something last moved, on the clock of `performance.now()`. */
  touched: number;
  /** All of the request has come. */
  requestComplete = false;
  #connection: UpstreamConnection | undefined;
  #over = false;
  /** Bytes of the head that were sent; -1 once all were. */
  #headSent = 0;
  readonly #outgoing = new Pieces();
  readonly #answer = new Pieces();
  #arrived: Buffer | undefined;
  #response: ResponseHead | undefined;
  #body: BodyReader | undefined;

  constructor(context: ProxyContext, client: Client, request: RequestHead, framing: Framing) {
    this.#context = context;
    this.#client = client;
    this.#request = request;
    this.#head = { before: headOf(context, request, framing), after: "\r\n\r\n" };
    this.#outgoing.chunked = framing.type === "chunked";
    this.#dump = context.dumps?.begin(request);
    this.touched = performance.now();
  }

  /** False where the head is too long to be sent. */
  get fits(): boolean {
    return this.#context.writer.fits(this.#head);
  }

  /** Something of an answer has been sent. */
  get answering(): boolean {
    return this.#response !== undefined;
  }

  start(): void {
    this.#connection = this.#context.pool.takeIdle();
    if (this.#connection) this.#connection.user = this;
    else void this.#connect();
  }

  async #connect(): Promise<void> {
    this.#client.hold(true);
    const opened = await this.#context.pool.open();
    this.touched = performance.now();
    if (this.#over) {
      if (opened.ok) this.#context.pool.release(opened.value);
      return;
    }
    if (!opened.ok) return void this.#fail(dialError(opened.error, this.#context));
    if (opened.value.isClosed) return void this.#fail(lost);
    this.#connection = opened.value;
    this.#connection.user = this;
    this.#client.hold(false);
    this.flushRequest();
  }

  bodyPiece(piece: Buffer): void {
    this.#dump?.request(piece);
    this.#outgoing.body(piece);
  }

  bodyEnd(): void {
    this.#outgoing.end();
    this.requestComplete = true;
  }

  /** Sends what has come of the request. */
  flushRequest(): void {
    this.touched = performance.now();
    const connection = this.#connection;
    if (connection === undefined || this.#over) return;
    if (this.#headSent >= 0) return this.#sendHead(connection);
    const bytes = this.#outgoing.take();
    if (bytes) connection.outgoing.write(bytes);
    this.#client.hold(connection.outgoing.waits);
  }

  #sendHead(connection: UpstreamConnection): void {
    const { writer } = this.#context;
    const body = this.#outgoing.take();
    const sent = writer.write({ ...this.#head, body }, this.#headSent, (bytes) => connection.socket.write(bytes));
    const headLength = writer.lengthOf(this.#head);
    if (sent < 0) return void this.#fail(lost);
    if (sent < headLength) {
      this.#headSent = sent;
      if (body) this.#outgoing.putBack(body);
      return this.#client.hold(true);
    }
    this.#headSent = -1;
    if (body && sent < headLength + body.length) connection.outgoing.write(body.subarray(sent - headLength));
    this.#client.hold(connection.outgoing.waits);
  }

  upstreamDrained(): void {
    if (this.#connection?.outgoing.flush()) this.flushRequest();
  }

  upstreamData(bytes: Buffer): void {
    this.touched = performance.now();
    let at = 0;
    let piece = bytes;
    while (this.#body === undefined) {
      const end = this.#endOfHead(piece);
      if (end === undefined) return;
      piece = end;
      if (!this.#readHead(piece)) return;
      at = this.#headEnd;
      if (this.#body === undefined) {
        piece = piece.subarray(at);
        this.#arrived = undefined;
        if (piece.length === 0) return;
      }
    }
    this.#readBody(piece, at);
  }

  #headEnd = 0;

  /** What has come so far where that holds a whole head. */
  #endOfHead(bytes: Buffer): Buffer | undefined {
    const all = this.#arrived ? Buffer.concat([this.#arrived, bytes]) : bytes;
    const end = all.indexOf("\r\n\r\n");
    if (end !== -1) {
      this.#headEnd = end + 4;
      this.#arrived = undefined;
      return all;
    }
    this.#arrived = all;
    if (all.length > responseHeadLimit) this.#fail(notHttp);
    return undefined;
  }

  /** False where the exchange has failed by it. */
  #readHead(bytes: Buffer): boolean {
    const head = parseResponseHead(bytes.toString("latin1", 0, this.#headEnd - 4));
    const framing = head && responseFraming(head);
    if (head === undefined || framing === undefined || head.status === 101) return this.#fail(notHttp);
    if (head.status < 200) return true;
    if (redirects.has(head.status)) return this.#fail(redirected(head.status));
    this.#response = head;
    this.#body = new BodyReader(framing);
    this.#dump?.answer(head);
    const old = this.#request.minor === 0;
    this.#answer.chunked = !old && (framing.type === "chunked" || framing.type === "close");
    const length = framing.type === "length" ? `content-length: ${framing.length}\r\n` : "";
    const chunked = this.#answer.chunked ? "transfer-encoding: chunked\r\n" : "";
    const close = this.#keepsClient() ? "" : "connection: close\r\n";
    const fields = headerText(endToEnd(head.headers));
    this.#answer.head(`HTTP/1.1 ${head.status} ${head.reason}\r\n${fields}${length}${chunked}${close}\r\n`);
    return true;
  }

  #keepsClient(): boolean {
    const framing = this.#body?.framing.type;
    const delimited = this.#answer.chunked || framing === "length" || framing === "none";
    // A request that is answered before its end has come leaves the rest of its body on the line.
    return this.requestComplete && delimited && staysOpen(this.#request);
  }

  #readBody(bytes: Buffer, from: number): void {
    const body = this.#body;
    if (body === undefined) return;
    const end = body.read(bytes, from, (piece) => {
      this.#dump?.answerPiece(piece);
      this.#answer.body(piece);
    });
    if (end === -1) return void this.#fail(notHttp);
    if (body.done) this.#answer.end();
    this.#flushAnswer();
    if (body.done) this.#finish(end === bytes.length);
  }

  #flushAnswer(): void {
    const bytes = this.#answer.take();
    if (bytes && !this.#client.send(bytes)) this.#connection?.socket.pause();
  }

  /** The client takes bytes again. */
  clientDrained(): void {
    this.touched = performance.now();
    this.#connection?.socket.resume();
  }

  #finish(nothingElse: boolean): void {
    const keepOpen = this.#keepsClient();
    const connection = this.#connection;
    const response = this.#response;
    this.#over = true;
    this.#connection = undefined;
    this.#dump?.end();
    if (connection && !connection.isClosed) {
      connection.user = undefined;
      connection.socket.resume();
      const reusable = this.requestComplete && this.#headSent === -1 && !connection.outgoing.waits;
      const delimited = this.#body?.framing.type !== "close";
      if (nothingElse && reusable && delimited && response && staysOpen(response))
        this.#context.pool.release(connection);
      else connection.socket.terminate();
    }
    this.#client.answered(keepOpen);
  }

  upstreamClosed(): void {
    if (this.#over) return;
    if (this.#body?.framing.type !== "close") return void this.#fail(lost);
    this.#body.done = true;
    this.#answer.end();
    this.#flushAnswer();
    this.#finish(false);
  }

  /** Nothing has moved for too long. */
  expire(): void {
    this.#fail(this.requestComplete ? silent : slowClient);
  }

  /** The client has gone, or what it sent is malformed. */
  abort(): void {
    if (this.#over) return;
    this.#over = true;
    this.#dump?.end();
    this.#drop();
  }

  #drop(): void {
    const connection = this.#connection;
    this.#connection = undefined;
    if (connection === undefined) return;
    connection.user = undefined;
    connection.socket.terminate();
  }

  /** Always false, for those who return whether they went well. */
  #fail(error: ProxyError): false {
    if (this.#over) return false;
    this.#over = true;
    this.#dump?.end();
    this.#drop();
    this.#context.report(error.message);
    if (this.#response === undefined) this.#client.refused(error);
    else this.#client.broken();
    return false;
  }
}

/** All of the head before the key. */
function headOf({ upstream, route }: ProxyContext, request: RequestHead, framing: Framing): string {
  const fields = headerText(endToEnd(request.headers, ["authorization", "host"]));
  const length =
    framing.type === "chunked"
      ? "transfer-encoding: chunked\r\n"
      : `content-length: ${framing.type === "length" ? framing.length : 0}\r\n`;
  const proxy = route.proxyAuthorization === undefined ? "" : `proxy-authorization: ${route.proxyAuthorization}\r\n`;
  const accept = request.headers.some(([name]) => name === "accept") ? "" : "accept: */*\r\n";
  const line = `${request.method} ${route.prefix}${upstream.path} HTTP/1.1\r\nhost: ${upstream.host}\r\n`;
  return `${line}${fields}${accept}${length}${proxy}authorization: Bearer `;
}

const badGateway = (code: string, message: string): ProxyError => ({ status: 502, code, message });
const lost = badGateway(
  "upstream_closed",
  "The upstream service closed the connection before its answer was complete; try again.",
);
const notHttp = badGateway(
  "upstream_malformed",
  "The upstream service gave an answer that is no valid HTTP/1.1; check --upstream-url.",
);

const redirected = (status: number): ProxyError =>
  badGateway(
    "upstream_redirect",
    `The upstream service answered with a redirect (${status}), which is not followed, so that the key goes nowhere else; correct --upstream-url.`,
  );

const silent: ProxyError = {
  status: 504,
  code: "upstream_timeout",
  message: "The upstream service sent nothing for too long; try again, or raise --idle-timeout.",
};

const slowClient: ProxyError = {
  status: 408,
  code: "request_timeout",
  message: "The rest of the request did not come in time; send it again.",
};

function dialError({ kind, cause }: DialFailure, { upstream }: ProxyContext): ProxyError {
  if (kind === "timeout")
    return {
      status: 504,
      code: "upstream_timeout",
      message: `No connection to ${upstream.host} came about in time; check the network, or raise --connect-timeout.`,
    };
  return badGateway(
    kind === "tls" ? "upstream_tls" : "upstream_unreachable",
    `${upstream.host} cannot be reached (${cause}); check the network and --upstream-url.`,
  );
}
