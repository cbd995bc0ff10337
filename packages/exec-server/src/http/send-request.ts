import { plainFetch, type Fetch, type FetchInit } from "@codex/platform/fetch";
import { readFetchError, trustAlso } from "@codex/platform/http";
import { err, ok, type Result } from "@codex/protocol/result";

export type Request = {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
  readonly followsRedirects: boolean;
};

export type HttpWorld = {
  readonly fetch: Fetch;
  readonly userAgent: string;
  readonly authorityFile: string | undefined;
};

/** Source: the original. */
const mostRedirects = 10;

/** Sends a client's request as it is, and resolves with the reply's headers here and its body still to come. The error is a cause. */
export async function sendRequest(
  { url: first, method, headers: given, body, followsRedirects }: Request,
  { fetch = plainFetch, userAgent, authorityFile }: HttpWorld,
  signal: AbortSignal,
): Promise<Result<Response, string>> {
  const trust = authorityFile === undefined ? ok({}) : await trustAlso(authorityFile);
  if (!trust.ok) return err(trust.error.cause);
  let next = { url: first, method, headers: withOurs(given, userAgent), body };
  try {
    for (let redirects = 0; ; redirects++) {
      const reply = await fetch(next.url, { ...initOf(next), ...trust.value, signal });
      const to = followsRedirects ? targetOf(reply, next.url) : undefined;
      if (to === undefined) return ok(reply);
      await reply.body?.cancel();
      if (redirects >= mostRedirects) return err("too many redirects");
      next = redirected(next, reply.status, to);
    }
  } catch (error) {
    return err(signal.aborted ? "it took too long" : readFetchError(error).cause);
  }
}

type Hop = {
  readonly url: string;
  readonly method: string;
  readonly headers: Headers;
  readonly body: Uint8Array | undefined;
};

function initOf({ method, headers, body }: Hop): FetchInit {
  return {
    method,
    headers,
    ...(body === undefined ? {} : { body: Uint8Array.from(body) }),
    redirect: "manual",
    // The body goes to the client as it came, and no time limit is ours.
    decompress: false,
    timeout: false,
  } as FetchInit;
}

/** Who asks for a coding of the body says so; else it comes as it is. */
function withOurs(given: Headers, userAgent: string): Headers {
  const headers = new Headers(given);
  if (!headers.has("user-agent")) headers.set("user-agent", userAgent);
  if (!headers.has("accept-encoding")) headers.set("accept-encoding", "identity");
  return headers;
}

const redirects: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

function targetOf(reply: Response, from: string): string | undefined {
  const location = redirects.has(reply.status) ? reply.headers.get("location") : null;
  if (location === null || !URL.canParse(location, from)) return undefined;
  const url = new URL(location, from);
  return url.protocol === "http:" || url.protocol === "https:" ? url.href : undefined;
}

/** As browsers do: what was posted is not posted elsewhere by 301 to 303, and credentials stay with the host that they are for. */
function redirected(hop: Hop, status: number, to: string): Hop {
  const headers = new Headers(hop.headers);
  const turnsToGet = (status === 303 && hop.method !== "HEAD") || (status < 303 && hop.method === "POST");
  if (turnsToGet) for (const name of ofBody) headers.delete(name);
  if (new URL(to).origin !== new URL(hop.url).origin) for (const name of ofHost) headers.delete(name);
  return {
    url: to,
    method: turnsToGet ? "GET" : hop.method,
    headers,
    body: turnsToGet ? undefined : hop.body,
  };
}

const ofBody = ["content-type", "content-length", "content-encoding", "transfer-encoding"];
const ofHost = ["authorization", "cookie", "proxy-authorization", "host"];
