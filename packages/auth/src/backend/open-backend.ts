import { fetchText, type TextReply, type TextRequest } from "@codex/platform/fetch-text";
import { authorityFile, type HttpFailure } from "@codex/platform/http";
import { parseJson } from "@codex/protocol/json";
import { err, ok, type Result } from "@codex/protocol/result";
import { cookieFetch } from "../cloudflare-cookies/with-cookies.ts";
import type { Signer } from "../signer.ts";

/** One request to ChatGPT's service, but for what signs it. */
export type BackendRequest = {
  method: "GET" | "POST";
  url: string;
  headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: unknown;
};

/** Why there is no answer. None of them holds what the request was signed with. */
export type BackendFailure =
  | { kind: "unsigned"; message: string }
  | { kind: "unreachable"; url: string; cause: string }
  | { kind: "refused"; url: string; status: number; contentType: string; body: string }
  | { kind: "unreadable"; url: string; contentType: string; body: string };

/** Asks ChatGPT's service as the person who is signed in, and gives the answer's JSON. Never rejects. */
export type Backend = (request: BackendRequest) => Promise<Result<unknown, BackendFailure>>;

export type BackendDeps = {
  signer: Signer;
  /** What every request says besides, such as `user-agent`. */
  headers: Readonly<Record<string, string>>;
  http: BackendHttp;
};

export type BackendHttp = (
  request: Pick<TextRequest, "method" | "url" | "headers" | "body" | "timeoutMs">,
) => Promise<Result<Pick<TextReply, "status" | "headers" | "text">, HttpFailure>>;

/** The real network: with the cookies of this process, and the authorities that the environment names. */
export function backendHttp(env: Readonly<Record<string, string | undefined>>): BackendHttp {
  const authorities = authorityFile(env);
  return (request) => fetchText({ ...request, authorityFile: authorities, fetch: cookieFetch });
}

/** A refused signature is renewed once, as in a conversation. */
export function openBackend({ signer, headers, http }: BackendDeps): Backend {
  const once = async (request: BackendRequest): Promise<Result<TextReplyLike, BackendFailure>> => {
    const signature = await signer.current();
    if (!signature.ok) return err({ kind: "unsigned", message: signature.error });
    const { token, headers: account } = signature.value;
    const reply = await http({
      method: request.method,
      url: request.url,
      headers: {
        ...headers,
        ...(request.body === undefined ? {} : { "content-type": "application/json" }),
        ...request.headers,
        ...account,
        ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      },
      ...(request.body === undefined ? {} : { body: JSON.stringify(request.body) }),
      timeoutMs,
    });
    if (!reply.ok) return err({ kind: "unreachable", url: request.url, cause: reply.error.cause });
    const { status, headers: told, text } = reply.value;
    // a service that sends back what it was sent must not put the token into an error
    return ok({ status, headers: told, text: token === undefined ? text : text.replaceAll(token, "[redacted]") });
  };
  return async (request) => {
    let reply = await once(request);
    if (reply.ok && reply.value.status === 401) {
      const renewed = await signer.renew(1);
      if (!renewed.ok) return err({ kind: "unsigned", message: renewed.error });
      if (renewed.value) reply = await once(request);
    }
    return reply.ok ? readReply(request.url, reply.value) : reply;
  };
}

type TextReplyLike = Pick<TextReply, "status" | "headers" | "text">;

const timeoutMs = 60_000;

function readReply(url: string, { status, headers, text }: TextReplyLike): Result<unknown, BackendFailure> {
  const contentType = headers.get("content-type") ?? "";
  if (status < 200 || status > 299) return err({ kind: "refused", url, status, contentType, body: text });
  const value = parseJson(text);
  return value === undefined ? err({ kind: "unreadable", url, contentType, body: text }) : ok(value);
}
