import { type HttpFailure, type HttpReply, post } from "@codex/platform/http";
import { err, ok } from "@codex/protocol/result";
import type { Failure } from "./failure.ts";
import { readRefusal } from "./read-failure.ts";
import { readSse } from "./read-sse.ts";
import type { Reply, Transport } from "./transport.ts";

export type HttpTransportOptions = {
  /** Of `POST …/responses`, query included. */
  url: string;
  /** How long the server may say nothing: before the reply, and between two pieces of it. */
  idleTimeoutMs: number;
  /** Extra certificate authorities, a PEM file. */
  authorityFile?: string | undefined;
  /** Unix milliseconds. */
  now: () => number;
};

/** Server-sent events over HTTP: the body goes out once, as one text. */
export function httpTransport(options: HttpTransportOptions): Transport {
  const url = withoutSecrets(options.url);
  return async ({ body, headers }, signal) => {
    const reply = await answerWithin(options.idleTimeoutMs, signal, (patience) =>
      post({
        url: options.url,
        headers: { accept: "text/event-stream", "content-type": "application/json", ...headers },
        body: JSON.stringify(body),
        signal: patience,
        authorityFile: options.authorityFile,
      }),
    );
    if (reply === "timeout") return err({ kind: "idle", message: "idle timeout waiting for a reply", url });
    if (!reply.ok) return err({ kind: kinds[reply.error.kind], message: reply.error.cause, url });
    if (reply.value.status === 200) return ok(open(reply.value, options.idleTimeoutMs));
    return err(await readWhole(reply.value, url, options.now()));
  };
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

/** Query and password of an address may be credentials. */
function withoutSecrets(url: string): string {
  const address = new URL(url);
  return `${address.origin}${address.pathname}`;
}

/** Gives up on a server that takes the request and never answers; an abort of `signal` rejects. */
async function answerWithin<T>(
  ms: number,
  signal: AbortSignal,
  send: (signal: AbortSignal) => Promise<T>,
): Promise<T | "timeout"> {
  const patience = new AbortController();
  const stop = () => patience.abort(signal.reason);
  if (signal.aborted) stop();
  // stays for the life of the reply, whose body breaks off with it; `signal` is this attempt's own and goes with it
  signal.addEventListener("abort", stop, { once: true });
  let late = false;
  const timer = setTimeout(() => {
    late = true;
    patience.abort();
  }, ms);
  try {
    return await send(patience.signal);
  } catch (error) {
    if (late && !signal.aborted) return "timeout";
    throw error;
  } finally {
    clearTimeout(timer);
  }
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
