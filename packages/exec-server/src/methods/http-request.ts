import { decodeBase64 } from "@codex/app-server/decode-base64";
import { type CodexError, fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { OptionalNull, Uint64, Words } from "@codex/protocol/schema";
import { Type as T, type Static } from "@sinclair/typebox";
import type { Client } from "../client.ts";
import { listHeaders, readHeaders, token } from "../http/read-headers.ts";
import { sendRequest, type Request } from "../http/send-request.ts";
import { streamBody } from "../http/stream-body.ts";
import { defineMethod } from "../method.ts";

const Params = T.Object(
  {
    method: T.String(),
    url: T.String(),
    headers: T.Optional(
      T.Array(
        T.Object(
          { name: T.String(), value: T.String(), valueEnvVar: OptionalNull(T.String()) },
          { title: "HttpHeader" },
        ),
      ),
    ),
    bodyBase64: OptionalNull(T.String()),
    timeoutMs: OptionalNull(Uint64),
    requestId: T.String(),
    streamResponse: T.Optional(T.Boolean()),
    redirectPolicy: OptionalNull(Words(["follow", "stop"])),
  },
  { title: "HttpRequestParams" },
);
type Params = Static<typeof Params>;

/** Sends a request from this machine. With `streamResponse` the body follows the answer in `http/request/bodyDelta`. */
export const httpRequest = defineMethod("http", Params, { type: "none" }, async (params, { client, answered }) => {
  const request = readRequest(params, client);
  if (!request.ok) return request;
  const { requestId, timeoutMs, streamResponse = false } = params;
  if (streamResponse && client.streams.has(requestId)) {
    return err(fail("invalidParams", `http/request streamResponse requestId \`${requestId}\` is already active`));
  }
  if (streamResponse) client.streams.add(requestId);
  const end = new AbortController();
  const leave = (): void => end.abort();
  client.gone.addEventListener("abort", leave, { once: true });
  const ms = timeoutMs ?? undefined;
  const timer = ms === undefined ? undefined : setTimeout(leave, Math.min(ms, longest));
  const stop = (): void => {
    clearTimeout(timer);
    client.gone.removeEventListener("abort", leave);
  };
  const reply = await sendRequest(request.value, client.executor.http, end.signal);
  if (!reply.ok) {
    stop();
    if (streamResponse) client.streams.delete(requestId);
    return err(failed(`http/request failed: error sending request for url (${params.url}): ${reply.error}`));
  }
  const head = { status: reply.value.status, headers: listHeaders(reply.value.headers) };
  if (streamResponse) {
    void answered.then(() => streamBody(client, requestId, reply.value, end)).finally(stop);
    return ok({ ...head, bodyBase64: "" });
  }
  try {
    return ok({ ...head, bodyBase64: Buffer.from(await reply.value.arrayBuffer()).toString("base64") });
  } catch {
    const why = end.signal.aborted ? "the request took too long" : "error decoding response body";
    return err(failed(`failed to read http/request response body: ${why}`));
  } finally {
    stop();
  }
});

const longest = 2 ** 31 - 1;

const failed = (why: string): CodexError => fail("executorFailed", why);

function readRequest(params: Params, { executor }: Client): Result<Request> {
  const { method, url, bodyBase64, redirectPolicy } = params;
  const wrong = (why: string): Result<never> => err(fail("invalidParams", `http/request ${why}`));
  if (!token.test(method)) return wrong("method is invalid: invalid HTTP method");
  if (!URL.canParse(url)) return wrong("url is invalid: relative URL without a base");
  const scheme = new URL(url).protocol.slice(0, -1);
  if (scheme !== "http" && scheme !== "https") return wrong(`only supports http and https URLs, got ${scheme}`);
  const headers = readHeaders(params.headers ?? [], executor.env);
  if (!headers.ok) return headers;
  const body = bodyBase64 ? decodeBase64(bodyBase64) : ok(undefined);
  if (!body.ok) return err(fail("invalidParams", body.error));
  return ok({ url, method, headers: headers.value, body: body.value, followsRedirects: redirectPolicy !== "stop" });
}
