import { afterEach, describe, expect, test } from "bun:test";
import { getEventListeners } from "node:events";
import type { ResponsesRequest } from "@codex/protocol/responses";
import { err, ok } from "@codex/protocol/result";
import { httpTransport } from "./http-transport.ts";
import type { ModelEvent } from "./model-event.ts";
import { retryLimits } from "./retry.ts";
import { type StreamOptions, streamResponses } from "./stream.ts";
import { fixedToken } from "./token-source.ts";
import { createTurnState } from "./turn-state.ts";

const request: ResponsesRequest = {
  model: "gpt-5.5",
  input: [{ type: "message", role: "user", content: [{ type: "input_text", text: "héllo" }] }],
  tools: [],
  tool_choice: "auto",
  parallel_tool_calls: true,
  store: false,
  stream: true,
  include: [],
  prompt_cache_key: "t",
  client_metadata: {},
};

type Answer = (request: Request) => Response | Promise<Response>;
const servers: Bun.Server<undefined>[] = [];
afterEach(() => Promise.all(servers.splice(0).map((server) => server.stop(true))));

/** A server that gives one answer after the other, the last one for ever, and keeps what it was sent. */
function serve(...answers: Answer[]) {
  const requests: { headers: Headers; body: string }[] = [];
  const server = Bun.serve({
    port: 0,
    hostname: "127.0.0.1",
    idleTimeout: 0,
    fetch: async (request) => {
      requests.push({ headers: request.headers, body: await request.text() });
      return answers[Math.min(requests.length, answers.length) - 1]?.(request) ?? new Response(null, { status: 404 });
    },
  });
  servers.push(server);
  return { url: `http://127.0.0.1:${server.port}/v1/responses`, requests };
}

/** Options against an address, with a clock that notes the waits and does not wait. */
function optionsFor(url: string, changes: Partial<StreamOptions> & { idleTimeoutMs?: number } = {}) {
  const waits: number[] = [];
  let ids = 0;
  const { idleTimeoutMs = 5_000, ...rest } = changes;
  const options: StreamOptions = {
    transport: httpTransport({ url, idleTimeoutMs, now: () => 0 }),
    token: fixedToken("sk-secret-1"),
    headers: { originator: "test" },
    secrets: [],
    retries: retryLimits(undefined, undefined),
    turnState: createTurnState(),
    signal: new AbortController().signal,
    timing: { sleep: (ms) => (waits.push(ms), Promise.resolve()), random: () => 0.5 },
    newId: () => String(++ids),
    now: () => 0,
    debug: () => {},
    ...rest,
  };
  return { options, waits };
}

async function collect(events: AsyncIterable<ModelEvent>): Promise<ModelEvent[]> {
  const all: ModelEvent[] = [];
  for await (const event of events) all.push(event);
  return all;
}

/** All events but the limits, which every reply tells. */
const withoutLimits = (events: ModelEvent[]) => events.filter(({ type }) => type !== "rateLimits");

const sse =
  (events: object[], headers: Record<string, string> = {}): Answer =>
  () =>
    new Response(events.map((event) => `data: ${JSON.stringify(event)}\n\n`).join(""), { headers });

const status =
  (code: number, error: object | string, headers: Record<string, string> = {}): Answer =>
  () =>
    new Response(typeof error === "string" ? error : JSON.stringify({ error }), { status: code, headers });

const begun = { type: "response.created", response: { id: "r" } };
const completed = { type: "response.completed", response: { id: "r" } };
const done: ModelEvent = { type: "completed", responseId: "r", usage: undefined, goOn: false };
const call = { type: "function_call", id: "fc_1", call_id: "c", name: "n", arguments: "{}" };
const happy = sse([begun, completed]);

describe("streamResponses", () => {
  test("sends the request once, whole, with its headers", async () => {
    const { url, requests } = serve(happy);
    const events = await collect(streamResponses(() => request, optionsFor(url).options));
    expect(withoutLimits(events)).toEqual([{ type: "created", responseId: "r" }, done]);
    expect(requests.map(({ body }) => JSON.parse(body))).toEqual([request as never]);
    const headers = requests[0]?.headers;
    const sent = ["accept", "accept-encoding", "content-type", "authorization", "originator"].map((name) =>
      headers?.get(name),
    );
    expect(sent).toEqual(["text/event-stream", "identity", "application/json", "Bearer sk-secret-1", "test"]);
    expect(headers?.get("content-length")).toBe(String(Buffer.byteLength(JSON.stringify(request))));
  });

  // one row: answer, requests counted, announcements, the end
  test.each<[string, Answer, number, RegExp]>([
    ["400", status(400, { message: "bad" }), 1, /^unexpected status 400 Bad Request: bad, url: http.*\/v1\/responses$/],
    ["401", status(401, { message: "bad key" }), 1, /^unexpected status 401 Unauthorized: bad key, url: /],
    ["403", status(403, "<html>no\n entry</html>"), 1, /^unexpected status 403 Forbidden: no entry, url: /],
    ["404", status(404, { message: "m", code: "model_not_found" }), 1, /^unexpected status 404 Not Found: m, url: /],
    ["429", status(429, { message: "slow" }), 6, /^exceeded retry limit, last status: 429 Too Many Requests: slow/],
    ["a used-up plan", status(429, { type: "usage_limit_reached" }), 1, /^You’ve hit your usage limit\./],
    ["a used-up quota", status(429, { code: "insufficient_quota" }), 1, /^Quota exceeded\./],
    [
      "500",
      status(500, { message: "boom" }, { "x-request-id": "q1" }),
      6,
      /500 Internal Server Error: boom.*, request id: q1$/,
    ],
    ["503", status(503, { code: "server_is_overloaded" }), 6, /^Selected model is at capacity\./],
    ["a redirect", status(307, "", { location: "http://other.invalid/" }), 1, /redirects are not followed/],
    ["an end too soon", sse([begun]), 6, /^stream disconnected before completion: stream closed before response/],
    [
      "response.failed",
      sse([{ type: "response.failed", response: { error: { message: "oops" } } }]),
      6,
      /completion: oops$/,
    ],
    [
      "an error event",
      sse([{ type: "error", status: 400, error: { message: "e" } }]),
      1,
      /^unexpected status 400 Bad Request: e/,
    ],
    [
      "response.incomplete",
      sse([{ type: "response.incomplete", response: {} }]),
      1,
      /^Incomplete response returned, reason: unknown/,
    ],
  ])("ends after %s", async (_, answer, count, message) => {
    const { url, requests } = serve(answer);
    const events = await collect(streamResponses(() => request, optionsFor(url).options));
    expect(requests.length).toBe(count);
    expect(events.filter(({ type }) => type === "retrying").length).toBe(count - 1);
    const end = events.at(-1);
    expect(end?.type === "failed" && end.error.message).toMatch(message);
  });

  test("announces a retry and recovers, honouring Retry-After", async () => {
    const { url } = serve(status(503, { message: "busy" }, { "retry-after": "2" }), sse([begun]), happy);
    const { options, waits } = optionsFor(url);
    const events = await collect(streamResponses(() => request, options));
    expect(events.filter(({ type }) => type === "retrying")).toMatchObject([
      {
        message: `Reconnecting... 1/5 (unexpected status 503 Service Unavailable: busy, url: ${url})`,
        error: {
          message: "Reconnecting... 1/5",
          codexErrorInfo: { responseStreamDisconnected: { httpStatusCode: 503 } },
        },
      },
      {
        message: "Reconnecting... 2/5 (stream disconnected before completion: stream closed before response.completed)",
      },
    ]);
    expect({ waits, end: events.at(-1) }).toEqual({ waits: [2000, 400], end: done });
  });

  test("gives up on a server that is not there, naming address and cause", async () => {
    const { url } = serve(happy);
    await servers.pop()?.stop(true);
    const { options, waits } = optionsFor(url);
    const events = await collect(streamResponses(() => request, options));
    expect(waits).toEqual([200, 400, 800, 1600, 3200, 3200]);
    expect(events.at(-1)).toMatchObject({
      type: "failed",
      error: {
        message: `Cannot reach ${url}: connection refused. Check the network, or base_url in config.toml.`,
      },
    });
  });

  test("gives up on an address that swallows packets, and not on a server that thinks", async () => {
    const slow: Answer = async (request) => (await Bun.sleep(40), happy(request));
    const { url } = serve(slow);
    const run = (open: boolean) => {
      const probe = { afterMs: 10, canConnect: () => Promise.resolve(open) };
      const transport = httpTransport({ url, idleTimeoutMs: 5_000, now: () => 0, probe });
      return collect(streamResponses(() => request, optionsFor(url, { transport }).options));
    };
    expect((await run(true)).at(-1)).toEqual(done);
    expect(await run(false)).toMatchObject([
      {
        type: "failed",
        error: {
          message: `Cannot reach ${url}: nothing answers there. Check the network, or base_url in config.toml.`,
        },
      },
    ]);
  });

  test("leaves nothing behind on the turn's signal", async () => {
    const { url } = serve(status(500, "x"), happy);
    const { options } = optionsFor(url);
    await collect(streamResponses(() => request, options));
    expect(getEventListeners(options.signal, "abort")).toEqual([]);
  });

  test("asks for the request anew, so that delivered items are part of the retry", async () => {
    const { url, requests } = serve(sse([begun, { type: "response.output_item.done", item: call }]), happy);
    const input = [...request.input];
    for await (const event of streamResponses(() => ({ ...request, input }), optionsFor(url).options))
      if (event.type === "item") input.push(event.item, { type: "function_call_output", call_id: "c", output: "done" });
    expect(requests.map(({ body }) => JSON.parse(body).input.length)).toEqual([1, 3]);
  });

  test("delivers the text of a message that never came to its end, marked so, before it fails", async () => {
    const events = sse([begun, { type: "response.output_text.delta", item_id: "m", delta: "half" }]);
    const { options } = optionsFor(serve(events).url, { retries: retryLimits(0, 0) });
    const seen = withoutLimits(await collect(streamResponses(() => request, options)));
    expect(seen.map(({ type }) => type)).toEqual(["created", "itemStarted", "textDelta", "item", "failed"]);
    expect(seen[3]).toMatchObject({
      itemId: "m",
      item: { content: [{ type: "output_text", text: "half" }], status: "incomplete" },
    });
  });

  test("sends a renewed token after 401, until there is no other", async () => {
    const { url, requests } = serve(status(401, { message: "old" }));
    let token = "first-token";
    let renewals = 0;
    const source = {
      current: () => Promise.resolve(ok({ token, headers: { "chatgpt-account-id": "acct" } })),
      renew: (time: number) => {
        token = `token-${++renewals}`;
        return Promise.resolve(ok(time < 3));
      },
    };
    const events = await collect(streamResponses(() => request, optionsFor(url, { token: source }).options));
    expect(requests.map(({ headers }) => headers.get("authorization"))).toEqual([
      "Bearer first-token",
      "Bearer token-1",
      "Bearer token-2",
    ]);
    expect(requests[0]?.headers.get("chatgpt-account-id")).toBe("acct");
    expect(events.at(-1)?.type).toBe("failed");
  });

  test("says why there is no token, and sends nothing", async () => {
    const { url, requests } = serve(happy);
    const token = { current: () => Promise.resolve(err("no luck")), renew: () => Promise.resolve(ok(false)) };
    const events = await collect(streamResponses(() => request, optionsFor(url, { token }).options));
    expect(events).toMatchObject([{ type: "failed", error: { message: "no luck", codexErrorInfo: "unauthorized" } }]);
    expect(requests).toEqual([]);
  });

  test("never repeats a key that the server quotes", async () => {
    const { url } = serve(status(401, { message: "no such key: sk-secret-1 (org topsecret)" }));
    const { options } = optionsFor(url, { secrets: ["topsecret"] });
    const end = (await collect(streamResponses(() => request, options))).at(-1);
    expect(end?.type === "failed" && end.error.message).toStartWith(
      "unexpected status 401 Unauthorized: no such key: [redacted] (org [redacted]), url: ",
    );
  });

  test("replays the first turn state of the turn", async () => {
    const { url, requests } = serve(
      sse([completed], { "x-codex-turn-state": "one" }),
      sse([completed], { "x-codex-turn-state": "two" }),
    );
    const { options } = optionsFor(url);
    for (let round = 0; round < 3; round++) await collect(streamResponses(() => request, options));
    expect(requests.map(({ headers }) => headers.get("x-codex-turn-state"))).toEqual([null, "one", "one"]);
  });

  test("uses the connection again, though a body ends a little after the event that completes the response", async () => {
    const ports = new Set<number | undefined>();
    const { url } = serve((request) => {
      ports.add(servers[0]?.requestIP(request)?.port);
      const body = new ReadableStream({
        start: (controller) => {
          controller.enqueue(`data: ${JSON.stringify(completed)}\n\n`);
          setTimeout(() => controller.close(), 5);
        },
      });
      return new Response(body);
    });
    const { options } = optionsFor(url);
    for (let round = 0; round < 3; round++) {
      await collect(streamResponses(() => request, options));
      await Bun.sleep(20);
    }
    expect(ports.size).toBe(1);
  });

  test("tells the limits and another model than the one asked for", async () => {
    const { url } = serve(sse([completed], { "openai-model": "other", "x-codex-primary-used-percent": "12.5" }));
    const events = await collect(streamResponses(() => request, optionsFor(url).options));
    expect(events.slice(0, 2)).toMatchObject([
      { type: "rateLimits", snapshot: { limitId: "codex", primary: { usedPercent: 12.5 } } },
      { type: "rerouted", from: "gpt-5.5", to: "other" },
    ]);
  });

  test("retries a silent server as idle", async () => {
    const silent: Answer = () => new Response(new ReadableStream({ start: (c) => c.enqueue(": hi\n\n") }));
    const mute: Answer = () => new Promise(() => {});
    const { url } = serve(silent, mute, happy);
    const { options } = optionsFor(url, { idleTimeoutMs: 60 });
    const events = await collect(streamResponses(() => request, options));
    const reasons = events.flatMap((event) => (event.type === "retrying" ? [event.error.additionalDetails] : []));
    expect(reasons).toEqual([
      "stream disconnected before completion: idle timeout waiting for SSE",
      "stream disconnected before completion: idle timeout waiting for a reply",
    ]);
    expect(events.at(-1)).toEqual(done);
  });

  describe("aborted", () => {
    const delta = { type: "response.output_text.delta", item_id: "m", delta: "a" };
    const endless: Answer = () =>
      new Response(
        new ReadableStream({
          start: (c) => c.enqueue(`data: ${JSON.stringify(begun)}\n\ndata: ${JSON.stringify(delta)}\n\n`),
        }),
      );

    test("before the request sends nothing", async () => {
      const { url, requests } = serve(happy);
      const { options } = optionsFor(url, { signal: AbortSignal.abort() });
      expect(await collect(streamResponses(() => request, options))).toEqual([]);
      expect(requests).toEqual([]);
    });

    test("while waiting for a reply ends at once", async () => {
      const { url } = serve(() => new Promise(() => {}));
      const { options } = optionsFor(url, { signal: AbortSignal.timeout(30) });
      expect(await collect(streamResponses(() => request, options))).toEqual([]);
    });

    test("in the middle of a reply ends at once and closes the connection", async () => {
      const abort = new AbortController();
      let closed: () => void = () => {};
      const closing = new Promise<void>((resolve) => (closed = resolve));
      const { url } = serve((request) => {
        request.signal.addEventListener("abort", closed);
        return endless(request);
      });
      const seen: string[] = [];
      for await (const { type } of streamResponses(() => request, optionsFor(url, { signal: abort.signal }).options)) {
        seen.push(type);
        if (type === "textDelta") setTimeout(() => abort.abort(), 10);
      }
      expect(seen).toEqual(["rateLimits", "created", "itemStarted", "textDelta"]);
      await closing;
    });

    test("while waiting to retry asks no more", async () => {
      const abort = new AbortController();
      const { url, requests } = serve(status(500, "x"));
      const timing = { sleep: () => Promise.resolve(abort.abort()), random: Math.random };
      await collect(streamResponses(() => request, optionsFor(url, { signal: abort.signal, timing }).options));
      expect(requests.length).toBe(1);
    });
  });
});
