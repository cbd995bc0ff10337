// The proxy for the Responses API as programs meet it: what it lets through, how it streams, how it fails.
import { describe, expect, test } from "bun:test";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  connectRaw,
  key,
  ours,
  post,
  reply,
  runProxy,
  serve,
  standAlone,
  startProxy,
} from "./support/proxy-process.ts";

const errorOf = (answer: string): unknown => JSON.parse(answer.slice(answer.indexOf("\r\n\r\n") + 4)).error.code;
const statusOf = (answer: string): string => answer.slice(9, 12);

test.each([
  ["codex responses-api-proxy", ours()],
  ["codex -c a=b responses-api-proxy", [ours()[0] ?? "", "-c", "model=a", "responses-api-proxy"]],
  ["codex-responses-api-proxy", [standAlone()]],
])("%s passes one route on, with the key in place of what the client says", async (_, command) => {
  using service = serve(({ peer }) =>
    peer.write(
      reply(
        "hi",
        "Set-Cookie: a=1\r\nset-cookie: b=2\r\nKeep-Alive: timeout=5\r\nX-Hop: 1\r\nconnection: x-hop\r\n",
        "429 Slow down",
      ),
    ),
  );
  await using proxy = await startProxy({ command, upstream: `${service.url}?q=%20a` });
  using client = await connectRaw(proxy.port);
  const hop =
    "Connection: x-foo, authorization\r\nX-Foo: 1\r\nKeep-Alive: 3\r\nTE: trailers\r\nUpgrade: h2c\r\nProxy-Authorization: x\r\n";
  client.write(post("{}", `Authorization: Bearer client\r\n${hop}X-Dup: 1\r\nx-dup: 2\r\n`));
  expect(await client.answer()).toBe(
    "HTTP/1.1 429 Slow down\r\nset-cookie: a=1\r\nset-cookie: b=2\r\ncontent-length: 2\r\n\r\nhi",
  );
  expect(service.requests).toEqual([
    `POST /v1/responses?q=%20a HTTP/1.1\r\nhost: 127.0.0.1:${service.port}\r\nx-dup: 1\r\nx-dup: 2\r\naccept: */*\r\ncontent-length: 2\r\nauthorization: Bearer ${key}\r\n\r\n{}`,
  ]);
  for (const line of [
    "GET /v1/responses",
    "POST /v1/responses?a",
    "POST /v1/responses/",
    "POST /v1/responses/compact",
  ]) {
    using other = await connectRaw(proxy.port);
    other.write(post("", "", line));
    expect(statusOf(await other.answer())).toBe("403");
  }
  expect(service.requests.length).toBe(1);
});

describe("streams", () => {
  test.each([
    [
      "chunked",
      "transfer-encoding: chunked\r\n",
      (text: string) => `${text.length.toString(16)}\r\n${text}\r\n`,
      "0\r\n\r\n",
    ],
    ["of a known length", "content-length: 35\r\n", (text: string) => text, ""],
  ])("each piece of an answer %s arrives before the next one is sent", async (_, framing, frame, end) => {
    const ready = Promise.withResolvers<{ write(text: string): unknown }>();
    using service = serve(({ peer }) => ready.resolve(peer));
    await using proxy = await startProxy({ upstream: service.url });
    using client = await connectRaw(proxy.port);
    client.write(post("{}"));
    const peer = await ready.promise;
    const got = (): string => client.pieces.map(({ text }) => text).join("");
    // The service sends the next piece only when the one before is here: a proxy that collects would wait for ever.
    peer.write(`HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\n${framing}\r\n`);
    await until(() => got().endsWith("\r\n\r\n"));
    for (const event of ["1", "2", "3", "4", "5"]) {
      peer.write(frame(`data: ${event}`.slice(0, 7)));
      await until(() => got().includes(`data: ${event}`.slice(0, 7)));
    }
    peer.write(end);
    expect((await client.answer()).match(/data: \d/g)?.length).toBe(5);
  });

  test("the pieces of a request, too", async () => {
    const begun = Promise.withResolvers<{ data: { arrived: string } }>();
    using service = serve(({ peer }) => begun.resolve(peer), true);
    await using proxy = await startProxy({ upstream: service.url });
    using client = await connectRaw(proxy.port);
    client.write("POST /v1/responses HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n");
    const peer = await begun.promise;
    for (const piece of ["one", "two", "three"]) {
      client.write(`${piece.length}\r\n${piece}\r\n`);
      await until(() => peer.data.arrived.endsWith(`${piece.length}\r\n${piece}\r\n`));
    }
  });

  test("much data passes both ways unchanged, also to slow readers, and does not pile up", async () => {
    const numbers = Array.from({ length: 1 << 21 }, (_, number) => String(number).padStart(8, "0"));
    const pieces = Array.from({ length: 64 }, (_, part) => numbers.slice(part << 15, (part + 1) << 15).join(""));
    const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;
    const body = pieces.join("");
    const message = Buffer.from(`host: x\r\ntransfer-encoding: chunked\r\n\r\n${pieces.map(chunk).join("")}0\r\n\r\n`);
    // In small pieces, as events come; resolves when the other side takes no more for a while, or all.
    const send = async (write: (bytes: Buffer) => number, first: string): Promise<number> => {
      const bytes = Buffer.concat([Buffer.from(first), message]);
      const stalled = Promise.withResolvers<void>();
      let sent = 0;
      let idle = 0;
      const timer = setInterval(() => {
        const taken = Math.max(0, write(bytes.subarray(sent, sent + 50_000)));
        idle = taken === 0 ? idle + 1 : 0;
        sent += taken;
        if (idle > 20 || sent === bytes.length) stalled.resolve();
        if (sent === bytes.length) clearInterval(timer);
      }, 0);
      await stalled.promise;
      return bytes.length - sent;
    };
    const small = "small".repeat(8000);
    let heldBack = 0;
    using service = serve(async ({ text, peer }) => {
      if (text.endsWith("small"))
        return peer.write(`HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n${chunk(small)}0\r\n\r\n`);
      heldBack = await send((bytes) => peer.write(bytes), "HTTP/1.1 200 OK\r\n");
      // What others send meanwhile must not mix with what waits.
      using other = await connectRaw(proxy.port);
      for (let i = 0; i < 5; i++) {
        other.write(post("small"));
        expect(await other.answer()).toContain(small);
      }
      client.resume();
    });
    await using proxy = await startProxy({ upstream: service.url });
    using client = await connectRaw(proxy.port);
    client.pause();
    await send((bytes) => client.write(bytes), "POST /v1/responses HTTP/1.1\r\n");
    expect(Bun.hash(unchunked(await client.answer()))).toBe(Bun.hash(body));
    expect(Bun.hash(unchunked(service.requests[0] ?? ""))).toBe(Bun.hash(body));
    // The service was held up: nothing of what a reader does not take piles up in the proxy.
    expect(heldBack).toBeGreaterThan(0);
  });

  test.each([
    ["a length", "content-length: 100\r\n\r\nabc"],
    ["chunks", "transfer-encoding: chunked\r\n\r\n3\r\nabc\r\n"],
  ])("a service that dies in the middle of an answer with %s ends the client's connection", async (_, rest) => {
    using service = serve(({ peer }) => void (peer.write(`HTTP/1.1 200 OK\r\n${rest}`), peer.end()));
    await using proxy = await startProxy({ upstream: service.url });
    using client = await connectRaw(proxy.port);
    client.write(post("{}"));
    expect(await client.answer()).toEndWith("abc" + (rest.endsWith("\r\n") ? "\r\n" : ""));
    await client.closed;
  });

  test("a client that leaves takes its request to the service with it", async () => {
    const gone = Promise.withResolvers<void>();
    const begun = Promise.withResolvers<void>();
    using service = serve(({ peer }) => {
      peer.data.gone = gone.resolve;
      begun.resolve();
    });
    await using proxy = await startProxy({ upstream: service.url });
    const client = await connectRaw(proxy.port);
    client.write(post("{}"));
    await begun.promise;
    client[Symbol.dispose]();
    await gone.promise;
  });
});

describe("connections", () => {
  test("requests in a row, also sent ahead, share one on each side and are answered in order", async () => {
    const peers = new Set<unknown>();
    using service = serve(({ text, peer }) => {
      peers.add(peer);
      peer.write(reply(text.slice(-1)));
    });
    await using proxy = await startProxy({ upstream: service.url });
    using client = await connectRaw(proxy.port);
    client.write(post("1") + post("2") + "GET /x HTTP/1.1\r\nhost: x\r\n\r\n" + post("3"));
    const answers = [await client.answer(), await client.answer(), await client.answer(), await client.answer()];
    expect(answers.map((text) => statusOf(text) + text.slice(-1))).toEqual(["2001", "2002", "403\n", "2003"]);
    expect(peers.size).toBe(1);
  });

  test("200 at once get all their answers", async () => {
    using service = serve(({ text, peer }) => peer.write(reply(text.slice(-4))));
    await using proxy = await startProxy({ upstream: service.url });
    const runs = Array.from({ length: 200 }, async (_, number) => {
      using client = await connectRaw(proxy.port);
      for (let round = 0; round < 10; round++) {
        const body = String(number * 10 + round).padStart(4, "0");
        client.write(post(body));
        if (!(await client.answer()).endsWith(body)) return false;
      }
      return true;
    });
    expect((await Promise.all(runs)).every(Boolean)).toBe(true);
  });

  test("a client that expects to be told to go on is told so by the proxy", async () => {
    using service = serve(({ peer }) => peer.write(reply("hi")));
    await using proxy = await startProxy({ upstream: service.url });
    using client = await connectRaw(proxy.port);
    client.write("POST /v1/responses HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 3\r\n\r\n");
    await until(() => client.pieces.length > 0);
    expect(client.pieces[0]?.text).toBe("HTTP/1.1 100 Continue\r\n\r\n");
    client.write("abc");
    expect(statusOf(await client.answer())).toBe("200");
    expect(service.requests[0]).not.toContain("expect");
  });

  test.each([
    ["both lengths", "content-length: 3\r\ntransfer-encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"],
    ["two lengths", "content-length: 3\r\ncontent-length: 4\r\n\r\nabcd"],
    ["a list of lengths", "content-length: 3, 3\r\n\r\nabc"],
    ["a signed length", "content-length: +3\r\n\r\nabc"],
    ["another coding", "transfer-encoding: gzip, chunked\r\n\r\n0\r\n\r\n"],
    ["a coding twice", "transfer-encoding: chunked\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n"],
    ["a blank before the colon", "content-length : 3\r\n\r\nabc"],
    ["a folded line", "x: 1\r\n content-length: 3\r\n\r\nabc"],
    ["a lone line feed", "x: 1\ncontent-length: 3\r\n\r\nabc"],
    ["a NUL", "x: a\0b\r\n\r\n"],
    ["a line without a name", ": a\r\n\r\n"],
    ["a chunk with a wrong size", "transfer-encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n"],
    ["a chunk longer than it says", "transfer-encoding: chunked\r\n\r\n2\r\nabc\r\n0\r\n\r\n"],
    ["chunks ended by a lone line feed", "transfer-encoding: chunked\r\n\r\n3\nabc\n0\n\n"],
  ])("a request with %s is refused, and nothing behind it is read as another", async (_, rest) => {
    using service = serve(({ peer }) => peer.write(reply("hi")));
    await using proxy = await startProxy({ upstream: service.url });
    using client = await connectRaw(proxy.port);
    client.write(`POST /v1/responses HTTP/1.1\r\nhost: x\r\n${rest}${post("smuggled")}`);
    const answer = await client.answer();
    expect(statusOf(answer)).toBe("400");
    expect(errorOf(answer)).toBe("malformed_request");
    expect(answer).toContain("connection: close");
    expect(service.requests).toEqual([]);
  });

  test("what is no HTTP, and a head that is too long, are refused", async () => {
    using service = serve(() => {});
    await using proxy = await startProxy({ upstream: service.url });
    for (const [text, status] of [
      ["\x16\x03\x01\x02\x00\x01", "400"],
      ["POST /v1/responses HTTP/2.0\r\n\r\n", "400"],
      [`POST /v1/responses HTTP/1.1\r\nx: ${"a".repeat(70_000)}`, "431"],
    ] as const) {
      using client = await connectRaw(proxy.port);
      client.write(text);
      expect(statusOf(await client.answer())).toBe(status);
    }
  });
});

describe("failures of the service", () => {
  test("are told as JSON, and the connection goes on", async () => {
    const answers = [
      reply("", "location: /other\r\n", "307 Temporary Redirect"),
      reply("", "location: /other\r\n", "302 Found"),
      "garbage\r\n\r\n",
      "HTTP/1.1 200 OK\r\ncontent-length: 1\r\ntransfer-encoding: chunked\r\n\r\n",
      "",
      reply("good"),
    ];
    using service = serve(({ peer }) => {
      const text = answers.shift() ?? "";
      if (text === "") peer.terminate();
      else peer.write(text);
    });
    await using proxy = await startProxy({ upstream: service.url });
    using client = await connectRaw(proxy.port);
    const codes: unknown[] = [];
    for (let i = 0; i < 5; i++) {
      client.write(post("{}"));
      const answer = await client.answer();
      codes.push(`${statusOf(answer)} ${String(errorOf(answer))}`);
    }
    expect(codes).toEqual([
      "502 upstream_redirect",
      "502 upstream_redirect",
      "502 upstream_malformed",
      "502 upstream_malformed",
      "502 upstream_closed",
    ]);
    client.write(post("{}"));
    expect(await client.answer()).toEndWith("good");
    expect(service.requests.length).toBe(6);
    expect(proxy.stderr()).toContain("forwarding error: The upstream service answered with a redirect (307)");
  });

  test("one that is not there is 502; one that is silent is 504, within the times that were asked for", async () => {
    const closed = serve(() => {});
    closed[Symbol.dispose]();
    await using refused = await startProxy({ upstream: closed.url });
    using first = await connectRaw(refused.port);
    first.write(post("{}"));
    expect(errorOf(await first.answer())).toBe("upstream_unreachable");

    using silent = serve(
      ({ text, peer }) => text.endsWith("half") && peer.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\nhalf"),
    );
    await using tired = await startProxy({ upstream: silent.url, args: ["--idle-timeout", "0.2"] });
    using second = await connectRaw(tired.port);
    second.write(post("{}"));
    expect(errorOf(await second.answer())).toBe("upstream_timeout");
    using third = await connectRaw(tired.port);
    third.write(post("half"));
    expect(await third.answer()).toEndWith("half");
    await third.closed;

    // Nobody shakes hands there.
    await using slow = await startProxy({
      upstream: silent.url.replace("http:", "https:"),
      args: ["--connect-timeout", "0.2"],
    });
    using fourth = await connectRaw(slow.port);
    fourth.write(post("{}"));
    expect(`${await fourth.answer()}`).toContain("504 Gateway Timeout");
  });
});

describe("the key", () => {
  test.each([
    ["blanks around it", ` \t${key}\t \r\n`, key],
    ["a second line", `${key}\nmore`, key],
    ["many characters", "k".repeat(16_000), "k".repeat(16_000)],
  ])("with %s is taken", async (_, input, expected) => {
    using service = serve(({ peer }) => peer.write(reply("hi")));
    await using proxy = await startProxy({ upstream: service.url, input });
    using client = await connectRaw(proxy.port);
    client.write(post("{}"));
    await client.answer();
    expect(service.requests[0]).toContain(`authorization: Bearer ${expected}\r\n\r\n`);
  });

  test("that cannot be one is refused in a sentence that does not repeat it", async () => {
    const said = async (input: string) => {
      const { code, stderr } = await runProxy({ input });
      return `${code} ${stderr}`;
    };
    const empty =
      "1 Error: API key must be provided via stdin (e.g. printenv OPENAI_API_KEY | env -u OPENAI_API_KEY codex-responses-api-proxy)\n";
    expect(await Promise.all([said(""), said("\nkey"), said("a b"), said("ключ"), said("x".repeat(20_000))])).toEqual([
      empty,
      empty,
      "1 Error: API key may only contain ASCII letters, numbers, '-' or '_'\n",
      "1 Error: API key may only contain ASCII letters, numbers, '-' or '_'\n",
      "1 Error: API key is too large to fit in the 16384-byte buffer\n",
    ]);
  });
});

test("options that cannot be followed are told, and end it with the codes that scripts know", async () => {
  const said = async (...args: string[]) => {
    const { code, stderr } = await runProxy({ args });
    return `${code} ${stderr.trim()}`;
  };
  using busy = serve(() => {});
  expect(
    await Promise.all([
      said("--port", String(busy.port)),
      said("--port", "99999"),
      said("--upstream-url", "/x"),
      said("--github-oidc"),
      said("--idle-timeout", "soon"),
      said("--nope"),
    ]),
  ).toEqual([
    `1 Error: failed to bind 127.0.0.1:${busy.port}: EADDRINUSE`,
    '2 Error: --port: "99999" is no port',
    '1 Error: parsing --upstream-url: "/x" is no absolute URL',
    "2 Error: --github-oidc needs --oidc-audience",
    "2 Error: --idle-timeout: give a number of seconds",
    "2 Error: Unknown option '--nope'; see --help.",
  ]);
  const { code, stdout } = await runProxy({ args: ["--help"] });
  expect(code).toBe(0);
  expect(stdout).toContain("--http-shutdown");
});

test("the file for whoever started it says where it is, and only the owner reads it; /shutdown ends it if asked for", async () => {
  await using held = await startProxy();
  using stranger = await connectRaw(held.port);
  stranger.write("GET /shutdown HTTP/1.1\r\nhost: x\r\n\r\n");
  expect(statusOf(await stranger.answer())).toBe("403");

  const file = join(held.folder, "a", "b", "info.json");
  await using proxy = await startProxy({ args: ["--http-shutdown", "--server-info", file] });
  expect(readFileSync(file, "utf8")).toBe(`{"port":${proxy.port},"pid":${proxy.pid}}\n`);
  expect(statSync(file).mode & 0o777).toBe(0o600);
  for (const line of ["POST /shutdown", "GET /shutdown?x"]) {
    using client = await connectRaw(proxy.port);
    client.write(post("", "", line));
    expect(statusOf(await client.answer())).toBe("403");
  }
  using client = await connectRaw(proxy.port);
  client.write("GET /shutdown HTTP/1.1\r\nhost: x\r\n\r\n");
  expect(statusOf(await client.answer())).toBe("200");
  expect(await proxy.exited).toBe(0);
});

test("dumps hold requests and answers for their owner alone, and no secret of either side", async () => {
  const secrets = [
    "client-secret-1",
    "cookie-secret-2",
    "sk-proj-secret-3-abcdef",
    "acct-secret-4",
    "tool-secret-5",
    "proj-secret-6",
    key,
  ];
  const headers =
    "Authorization: Bearer client-secret-1\r\nCookie: a=cookie-secret-2\r\nX-Api-Key: sk-proj-secret-3-abcdef\r\nChatGPT-Account-Id: acct-secret-4\r\nOpenAI-Organization: acct-secret-4\r\nX-Plain: seen\r\n";
  const body = JSON.stringify({
    input: "my key is sk-proj-secret-3-abcdef, and a plain word",
    tools: [{ type: "mcp", authorization: "tool-secret-5", headers: { "x-api-key": "tool-secret-5" } }],
  });
  using service = serve(({ peer }) =>
    peer.write(
      reply(
        `data: {"type":"x"}\n\nIncorrect API key: ${key}\n`,
        "Set-Cookie: s=cookie-secret-2\r\nopenai-project: proj-secret-6\r\ncontent-type: text/event-stream\r\nx-ratelimit-remaining-tokens: 7\r\n",
        "401 Unauthorized",
      ),
    ),
  );
  const folder = mkdtempSync(join(tmpdir(), "dump-"));
  await using proxy = await startProxy({ upstream: service.url, args: ["--dump-dir", join(folder, "d")] });
  using client = await connectRaw(proxy.port);
  client.write("GET /other HTTP/1.1\r\nhost: x\r\n\r\n" + post(body, headers));
  await client.answer();
  await client.answer();
  const written = (): string[] => readdirSync(join(folder, "d")).filter((name) => name.endsWith(".json"));
  await until(() => written().length === 2);
  const names = written().sort();
  expect(names.map((name) => name.replace(/-\d{13}-/, "-<ms>-"))).toEqual([
    "000001-<ms>-request.json",
    "000001-<ms>-response.json",
  ]);
  const texts = names.map((name) => readFileSync(join(folder, "d", name), "utf8"));
  for (const name of names) expect(statSync(join(folder, "d", name)).mode & 0o777).toBe(0o600);
  const all = texts.join("") + proxy.stderr();
  expect(secrets.filter((secret) => all.includes(secret))).toEqual([]);
  const [request, response] = texts.map((text) => JSON.parse(text));
  expect(request).toMatchObject({
    method: "POST",
    url: "/v1/responses",
    body: { input: expect.stringContaining("a plain word") },
  });
  expect(request.headers).toContainEqual({ name: "x-plain", value: "seen" });
  expect(request.headers).toContainEqual({ name: "authorization", value: "[REDACTED]" });
  expect(response).toMatchObject({ status: 401, body: expect.stringContaining('data: {"type":"x"}') });
  expect(response.headers).toContainEqual({ name: "x-ratelimit-remaining-tokens", value: "7" });
  expect(texts.every((text) => text.endsWith("}\n"))).toBe(true);
  rmSync(folder, { recursive: true });
});

/** Asks again and again, for a state that no event tells of; the test's own limit of time ends it. */
async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 1));
}

/** The body of a message in chunks. */
function unchunked(text: string): string {
  let body = "";
  let at = text.indexOf("\r\n\r\n") + 4;
  for (;;) {
    const lineEnd = text.indexOf("\r\n", at);
    const size = Number.parseInt(text.slice(at, lineEnd), 16);
    if (!(size > 0)) return body;
    body += text.slice(lineEnd + 2, lineEnd + 2 + size);
    at = lineEnd + 4 + size;
  }
}
