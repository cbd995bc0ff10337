import { createHash } from "node:crypto";
import type { HttpHead } from "./http-head.ts";

/** What an HTTP request at the server's door gets. */
export type HttpAnswer =
  | { readonly type: "upgrade"; readonly accept: string }
  | { readonly type: "reply"; readonly status: number; readonly body: string; readonly allow?: string };

/** Says why a client may not come in; undefined lets it in. */
export type Authorize = (authorization: string | undefined) => string | undefined;

/** What a server answers where. */
export type Door = {
  /** Paths that say it is up; they need no token. */
  readonly probes: readonly string[];
  /** The path of the upgrade; every one where absent. */
  readonly upgradeAt?: string;
};

const openDoor: Door = { probes: ["/readyz", "/healthz"] };

/** A browser's page says where it comes from (`Origin`), and no page may talk to this server. */
export function answerHttp({ start, headers }: HttpHead, authorize: Authorize, door = openDoor): HttpAnswer {
  const [method = "", target = ""] = start.split(" ");
  if (headers.has("origin")) return reply(403, "");
  const path = target.split("?", 1)[0];
  if (path !== undefined && door.probes.includes(path)) {
    return method === "GET" || method === "HEAD" ? reply(200, "") : { ...reply(405, ""), allow: "GET,HEAD" };
  }
  if (door.upgradeAt !== undefined && path !== door.upgradeAt) return reply(404, "");
  const key = headers.get("sec-websocket-key");
  if (method !== "GET") return reply(door.upgradeAt === undefined ? 400 : 405, "Request method must be `GET`");
  if (!has(headers.get("connection"), "upgrade")) return reply(400, "Connection header did not include 'upgrade'");
  if (!has(headers.get("upgrade"), "websocket")) return reply(400, "`Upgrade` header did not include 'websocket'");
  if (headers.get("sec-websocket-version") !== "13") {
    return reply(400, "`Sec-WebSocket-Version` header did not include '13'");
  }
  if (key === undefined) return reply(400, "`Sec-WebSocket-Key` header missing");
  const refused = authorize(headers.get("authorization"));
  return refused === undefined ? { type: "upgrade", accept: acceptOf(key) } : reply(401, refused);
}

const reply = (status: number, body: string) => ({ type: "reply", status, body }) as const;

const has = (value: string | undefined, word: string): boolean =>
  value?.split(",").some((part) => part.trim().toLowerCase() === word) ?? false;

/** RFC 6455, section 4.2.2. */
export const acceptOf = (key: string): string =>
  createHash("sha1").update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest("base64");

export function encodeAnswer(answer: HttpAnswer, more: Readonly<Record<string, string>> = {}): string {
  if (answer.type === "upgrade") {
    return head("101 Switching Protocols", {
      connection: "upgrade",
      upgrade: "websocket",
      "sec-websocket-accept": answer.accept,
      ...more,
    });
  }
  const { status, body, allow } = answer;
  const headers: Record<string, string> = { "content-length": String(Buffer.byteLength(body)), connection: "close" };
  if (body !== "") headers["content-type"] = "text/plain; charset=utf-8";
  if (allow !== undefined) headers["allow"] = allow;
  return head(`${status} ${reasons[status] ?? ""}`, headers) + body;
}

const reasons: Readonly<Record<number, string>> = {
  200: "OK",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  405: "Method Not Allowed",
};

const head = (status: string, headers: Readonly<Record<string, string>>): string =>
  [
    `HTTP/1.1 ${status}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    `date: ${new Date().toUTCString()}`,
    "",
    "",
  ].join("\r\n");
