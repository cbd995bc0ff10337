import type { Fetch } from "@codex/platform/fetch";
import { type HttpFailure, type HttpReply, post } from "@codex/platform/http";
import { err, ok } from "@codex/protocol/result";
import type { Failure } from "./failure.ts";
import { toHeaderValue } from "./header-value.ts";
import { readRefusal } from "./read-failure.ts";
import { readSse } from "./read-sse.ts";
import type { Reply, Transport } from "./transport.ts";
import { type Patience, waitForReply } from "./wait-for-reply.ts";

export type HttpTransportOptions = Pick<Patience, "idleTimeoutMs"> & {
  /** As `Patience` has it, asked about the address that the request went to. */
  probe?: { afterMs: number; canConnect(url: string): Promise<boolean> } | undefined;
  /** Of `POST …/responses`, query included. */
  url: string;
  /**
   * Of requests that a ChatGPT account signs: another address, and where that is ChatGPT's own service, compressed bodies and
   * the model's name outside of them.
   */
  chatGpt?: { url: string; packs: boolean };
  /** Extra certificate authorities, a PEM file. */
  authorityFile?: string | undefined;
  /** Bun's own when absent. */
  fetch?: Fetch | undefined;
  /** Unix milliseconds. */
  now: () => number;
  /** Told of each request and its reply; never a header, a body or the query. */
  debug?: (message: string) => void;
};

/** Server-sent events over HTTP: the body goes out once, as one text. */
export function httpTransport(options: HttpTransportOptions): Transport {
  const { debug = () => undefined, now } = options;
  return async ({ body, headers, login, origin }, signal) => {
    const chatGpt = login === "chatgpt" ? options.chatGpt : undefined;
    const usual = chatGpt?.url ?? options.url;
    const address = origin === undefined ? usual : movedTo(origin, usual);
    const url = withoutSecrets(address);
    const text = JSON.stringify(body);
    const packed = chatGpt?.packs ? await pack(text, body.model) : { body: text, headers: {} };
    debug(`POST ${url}: model ${body.model}, ${body.input.length} items, ${Buffer.byteLength(text)} bytes`);
    const sent = now();
    const probe = options.probe && probeOf(options.probe, address);
    const reply = await waitForReply({ idleTimeoutMs: options.idleTimeoutMs, probe }, signal, (signal) =>
      post({
        url: address,
        headers: { ...streamHeaders, ...packed.headers, ...headers },
        body: packed.body,
        signal,
        authorityFile: options.authorityFile,
        fetch: options.fetch,
      }),
    );
    const outcome = typeof reply === "string" ? reply : reply.ok ? reply.value.status : reply.error.kind;
    debug(`POST ${url}: ${outcome} after ${now() - sent} ms`);
    if (reply === "idle") return err({ kind: "idle", message: "idle timeout waiting for a reply", url });
    if (reply === "swallowed") return err({ kind: "swallowed", message: "nothing answers there", url });
    if (!reply.ok) return err({ kind: kinds[reply.error.kind], message: reply.error.cause, url });
    if (isPage(reply.value)) {
      await reply.value.body.cancel().catch(() => undefined);
      return err({ kind: "rejected", message: pageSentence(url), url });
    }
    if (reply.value.status === 200) return ok(open(reply.value, options.idleTimeoutMs));
    return err(await readWhole(reply.value, url, now()));
  };
}

const streamHeaders = {
  accept: "text/event-stream",
  // Bun offers compression unasked, and a proxy that compresses holds events back to fill its blocks
  "accept-encoding": "identity",
  "content-type": "application/json",
};

const probeOf = (
  { afterMs, canConnect }: NonNullable<HttpTransportOptions["probe"]>,
  url: string,
): Patience["probe"] => ({
  afterMs,
  canConnect: () => canConnect(url),
});

async function pack(
  text: string,
  model: string,
): Promise<{ body: Uint8Array<ArrayBuffer>; headers: Record<string, string> }> {
  return {
    body: new Uint8Array(await Bun.zstdCompress(text, { level: 3 })),
    headers: { "content-encoding": "zstd", "x-codex-routing-hint": `model=${toHeaderValue(model)}` },
  };
}

function movedTo(origin: string, url: string): string {
  const { pathname, search } = new URL(url);
  return new URL(pathname + search, origin).href;
}

const kinds = {
  refused: "unreachable",
  reset: "resetBeforeReply",
  tls: "tls",
} as const satisfies Record<HttpFailure["kind"], Failure["kind"]>;

const open = ({ headers, body }: HttpReply, idleTimeoutMs: number): Reply => ({
  headers,
  batches: readSse(body, idleTimeoutMs),
});

/** A web site or a portal in between, not a model: it will say the same the next time. */
const isPage = ({ status, headers }: HttpReply): boolean =>
  status === 200 && headers.get("content-type")?.startsWith("text/html") === true;

const pageSentence = (url: string): string =>
  `${url} answered with a web page (text/html) and not with a stream of events. Check the network, or base_url in config.toml.`;

/** Query and password of an address may be credentials. */
function withoutSecrets(url: string): string {
  const address = new URL(url);
  return `${address.origin}${address.pathname}`;
}

/** Enough of an error's body to say what it says, and time enough to read it. */
const longestRefusal = 64 * 1024;
const refusalMs = 5_000;

async function readWhole({ status, headers, body }: HttpReply, url: string, now: number): Promise<Failure> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  const timer = setTimeout(() => void reader.cancel().catch(() => undefined), refusalMs);
  let text = "";
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done || text.length > longestRefusal) break;
      text += decoder.decode(value, { stream: true });
    }
  } catch {
    // what came before it broke is what we have
  } finally {
    clearTimeout(timer);
  }
  await reader.cancel().catch(() => undefined);
  return readRefusal({ status, headers, body: text, url }, now);
}
