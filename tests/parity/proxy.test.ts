// The proxy for the Responses API: the same exchanges with both programs, byte for byte but for the order of headers.
import { describe, expect, test } from "bun:test";
import { connectRaw, key, ours, post, reply, serve, startProxy, type Request } from "../support/proxy-process.ts";
import { findOriginal } from "./find-original.ts";

type Exchange = {
  readonly name: string;
  readonly send: string;
  /** What the service does; it says "hi" by default. */
  readonly service?: (peer: Request["peer"]) => unknown;
  /** Why the two differ on purpose; if they do not, that is a failure too. */
  readonly differs?: string;
};

const errors = "The service's failures are 502 or 504 with a JSON error, not an empty 500.";
const redirects = "Redirects are refused at once; the original follows them with the key, ten times.";
const hopByHop = "Headers that belong to one connection go no further, in both directions.";
const smuggling = "A request whose length is said twice is refused, not read in one of its two ways.";
const malformed = "A refusal says why, as JSON, and ends the connection, since what follows cannot be read.";
const undrained = "A refused request's body is not waited for, so its connection ends.";
const breaks = "An answer that breaks off ends the client's connection; the original leaves it open and says nothing.";

const says = (text: string) => (peer: Request["peer"]) => peer.write(text);
const begin = "POST /v1/responses HTTP/1.1\r\nhost: x\r\n";

const exchanges: readonly Exchange[] = [
  { name: "a request", send: post('{"a":1}') },
  {
    name: "the client's own headers",
    send: post(
      "{}",
      "Authorization: Bearer x\r\nX-Dup: 1\r\nx-dup: 2\r\nCookie: a=b\r\nUser-Agent: me\r\nAccept: text/event-stream\r\n",
    ),
  },
  {
    name: "headers of one hop",
    send: post("{}", "Connection: x-foo\r\nX-Foo: 1\r\nTE: trailers\r\nKeep-Alive: 3\r\n"),
    differs: hopByHop,
  },
  { name: "a chunked body", send: `${begin}transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n` },
  { name: "no body", send: `${begin}\r\n` },
  { name: "an expectation", send: `${begin}expect: 100-continue\r\ncontent-length: 3\r\n\r\nabc`, differs: hopByHop },
  {
    name: "an old client",
    send: "POST /v1/responses HTTP/1.0\r\ncontent-length: 3\r\n\r\nabc",
    differs: "A client of HTTP/1.0 is told that the connection ends; the version is always our own.",
  },
  ...["GET /v1/responses", "OPTIONS /v1/responses", "GET /", "GET /shutdown?x", "HEAD /v1/responses"].map((line) => ({
    name: line,
    send: `${line} HTTP/1.1\r\nhost: x\r\n\r\n`,
  })),
  ...[
    "POST /v1/responses?a=1",
    "POST /v1/responses/",
    "POST /v1/responses/compact",
    "POST /v1/models",
    "POST /shutdown",
  ].map((line) => ({
    name: line,
    send: post("x", "", line),
    differs: undrained,
  })),
  {
    name: "an error of the service",
    send: post("{}"),
    service: says(
      reply('{"error":1}', "Set-Cookie: a=1\r\nset-cookie: b=2\r\nRetry-After: 3\r\n", "429 Too Many Requests"),
    ),
  },
  {
    name: "an answer's headers of one hop",
    send: post("{}"),
    service: says(reply("hi", "Keep-Alive: timeout=5\r\nConnection: keep-alive\r\n")),
    differs: hopByHop,
  },
  {
    name: "an answer in chunks",
    send: post("{}"),
    service: says(
      "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\ncontent-type: text/event-stream\r\n\r\n3\r\nabc\r\n0\r\nx-t: 1\r\n\r\n",
    ),
  },
  {
    name: "an answer up to the end",
    send: post("{}"),
    service: (peer) => (peer.write("HTTP/1.1 200 OK\r\n\r\nabc"), peer.end()),
  },
  { name: "a compressed answer", send: post("{}"), service: says(reply("not really", "content-encoding: gzip\r\n")) },
  { name: "early hints", send: post("{}"), service: says(`HTTP/1.1 103 Early Hints\r\nlink: x\r\n\r\n${reply("hi")}`) },
  {
    name: "an answer without content",
    send: post("{}"),
    service: says("HTTP/1.1 204 No Content\r\nx-a: 1\r\n\r\n"),
    differs: "An answer that has no content has no length either (RFC 9110, 8.6).",
  },
  {
    name: "a redirect with the body",
    send: post("{}"),
    service: says(reply("", "location: /other\r\n", "307 Temporary Redirect")),
    differs: redirects,
  },
  {
    name: "a redirect to a page",
    send: post("{}"),
    service: says(reply("", "location: /other\r\n", "302 Found")),
    differs: redirects,
  },
  { name: "a service that hangs up", send: post("{}"), service: (peer) => peer.terminate(), differs: errors },
  { name: "a service that speaks something else", send: post("{}"), service: says("garbage\r\n\r\n"), differs: errors },
  {
    name: "an answer that breaks off",
    send: post("{}"),
    service: (peer) => (peer.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nabc"), peer.end()),
    differs: breaks,
  },
  { name: "two lengths", send: `${begin}content-length: 3\r\ncontent-length: 4\r\n\r\nabcd`, differs: smuggling },
  {
    name: "a length and chunks",
    send: `${begin}content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n`,
    differs: smuggling,
  },
  { name: "a header that is none", send: `${begin}bad header\r\n\r\n`, differs: malformed },
  { name: "no HTTP", send: "hello\r\n\r\n", differs: malformed },
];

const silence = 400;

async function play(command: readonly string[]): Promise<Map<string, string>> {
  let current: Exchange["service"];
  using service = serve(({ peer }) => (current ?? says(reply("hi")))(peer));
  await using proxy = await startProxy({ command, upstream: `${service.url}?q=%20a` });
  const seen = new Map<string, string>();
  for (const exchange of exchanges) {
    const before = service.requests.length;
    current = exchange.service;
    using client = await connectRaw(proxy.port);
    client.write(exchange.send);
    const nothing = Bun.sleep(exchange.differs === breaks ? silence : 20_000).then(() => "nothing");
    const answer = await Promise.race([client.answer(), nothing]);
    const forwarded = service.requests.slice(before).map(sorted);
    seen.set(
      exchange.name,
      JSON.stringify({ forwarded, answer: sorted(answer) }).replaceAll(`:${service.port}`, ":<port>"),
    );
  }
  return seen;
}

/** A message with its headers in lower case and in order; without the words of a server about itself. */
function sorted(message: string): unknown {
  const [head = "", ...rest] = message.split("\r\n\r\n");
  const [line, ...fields] = head.split("\r\n");
  const headers = fields
    .map((field) => field.replace(/^[^:]+/, (name) => name.toLowerCase()))
    .filter((field) => !/^(server|date):/.test(field))
    .sort();
  return { line, headers, body: rest.join("\r\n\r\n") };
}

const original = findOriginal();

describe.skipIf(original === undefined)("the proxy", () => {
  test("passes on and answers as the original does", async () => {
    const [mine, theirs] = await Promise.all([play(ours()), play([original ?? "", "responses-api-proxy"])]);
    expect(mine.get("a request")).toContain(`authorization: Bearer ${key}`);
    const told = exchanges.map(({ name, differs }) => {
      const [text, theirText] = [mine.get(name), theirs.get(name)];
      if (text === theirText) return [name, "the same"];
      return [name, differs ?? { ours: text, original: theirText }];
    });
    expect(told).toEqual(exchanges.map(({ name, differs }) => [name, differs ?? "the same"]));
  }, 60_000);
});
