import type { Connection } from "@codex/platform/tcp";
import { byteReader, type ByteReader } from "./byte-reader.ts";
import { endSoon } from "./end-soon.ts";
import { blockedBy, type Block, type NetworkRequest } from "./judge-request.ts";
import { passBody } from "./pass-body.ts";
import { bodyLength, readHead, type BodyLength, type RequestHead } from "./read-head.ts";
import { tunnel } from "./tunnel.ts";

/** Connects to what was asked for, if that is allowed. */
export type Opening =
  | { readonly type: "open"; readonly server: Connection }
  | { readonly type: "blocked"; readonly block: Block }
  | { readonly type: "unreachable"; readonly message: string };

export type OpenServer = (request: NetworkRequest) => Promise<Opening>;

/**
 * An HTTP proxy (RFC 9110 7.6, 9.3.6) for one connection: CONNECT, or one request for an absolute URL. Each request has a
 * connection of its own, so none can follow another to a host that it was not checked for.
 */
export async function serveHttp(client: Connection, open: OpenServer): Promise<void> {
  const reader = byteReader(client);
  const head = await readHead(reader);
  if (head === undefined) return;
  const asked = head === "malformed" ? undefined : await readRequest(head);
  if (head === "malformed" || asked === undefined) return answer(client, badRequest);
  const opening = await open(asked.request);
  if (opening.type !== "open") return answer(client, refusal(asked.request, opening));
  const { server } = opening;
  try {
    if (asked.type === "connect") {
      await client.write(Buffer.from("HTTP/1.1 200 Connection established\r\n\r\n"));
      await tunnel(client, reader, server);
    } else {
      await forward(client, reader, server, asked);
    }
  } finally {
    server.destroy();
  }
}

type Asked =
  | { readonly type: "connect"; readonly request: NetworkRequest }
  | { readonly type: "plain"; readonly request: NetworkRequest; readonly head: string; readonly body: BodyLength };

async function readRequest(head: RequestHead): Promise<Asked | undefined> {
  if (head.method === "CONNECT") {
    const [, host, port] = /^(\[[^\]]*\]|[^:@/]*):(\d{1,5})$/.exec(head.target) ?? [];
    if (host === undefined || !isPort(port)) return undefined;
    return { type: "connect", request: { host, port: Number(port), protocol: "https" } };
  }
  const [, authority, rest = ""] = /^http:\/\/([^/?#]*)([^#]*)/i.exec(head.target) ?? [];
  const [, host, port = "80"] = /^(\[[^\]]*\]|[^:@]+)(?::(\d{1,5}))?$/.exec(authority ?? "") ?? [];
  const body = bodyLength(head);
  if (authority === undefined || host === undefined || !isPort(port) || body === undefined) return undefined;
  const request = { host, port: Number(port), protocol: "http", method: head.method } as const;
  const path = rest.startsWith("/") ? rest : `/${rest}`;
  return { type: "plain", request, body, head: originHead(head, authority, path) };
}

const isPort = (port: string | undefined): boolean => Number(port) > 0 && Number(port) < 65536;

/** The request as the server itself gets it: the host is the one that was checked, and the connection ends with the answer. */
function originHead({ method, headers }: RequestHead, authority: string, path: string): string {
  const connection = headers.filter(([name]) => name === "connection");
  const named = new Set(connection.flatMap(([, value]) => value.toLowerCase().split(/[\s,]+/)));
  const kept = headers.filter(([name]) => !hopByHop.has(name) && !named.has(name));
  const lines = [["host", authority], ...kept, ["connection", "close"]].map(([name, value]) => `${name}: ${value}`);
  return [`${method} ${path} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}

const hopByHop = new Set([
  "host",
  "connection",
  "proxy-connection",
  "proxy-authorization",
  "keep-alive",
  "te",
  "trailer",
  "upgrade",
  "expect",
]);

async function forward(
  client: Connection,
  reader: ByteReader,
  server: Connection,
  { head, body }: Extract<Asked, { type: "plain" }>,
): Promise<void> {
  await server.write(Buffer.from(head, "latin1"));
  const sent = passBody(reader, body, server).then((whole) => {
    if (!whole) server.destroy();
  });
  for (let bytes = await server.read(); bytes !== undefined; bytes = await server.read()) {
    if (!(await client.write(bytes))) break;
  }
  // An answer may come before all of the question was sent.
  server.destroy();
  endSoon(client);
  await sent;
}

const badRequest = response(400, "Bad Request", { status: "error", message: "The request is malformed." });

function refusal(request: NetworkRequest, opening: Exclude<Opening, { type: "open" }>): string {
  const { host, port, protocol } = request;
  if (opening.type === "unreachable") {
    return response(502, "Bad Gateway", { status: "error", host, port, protocol, message: opening.message });
  }
  const { reason, message } = opening.block;
  const about = { decision: "deny", source: "baseline_policy", protocol, port, message };
  const header = `x-proxy-error: ${blockedBy[reason]}\r\n`;
  return response(403, "Forbidden", { status: "blocked", host, reason, ...about }, header);
}

function response(status: number, words: string, body: object, header = ""): string {
  const text = JSON.stringify(body);
  const length = Buffer.byteLength(text);
  return `HTTP/1.1 ${status} ${words}\r\ncontent-type: application/json\r\ncontent-length: ${length}\r\n${header}connection: close\r\n\r\n${text}`;
}

async function answer(client: Connection, text: string): Promise<void> {
  await client.write(Buffer.from(text));
  client.end();
}
