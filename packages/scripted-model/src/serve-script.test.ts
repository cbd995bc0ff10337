import { expect, test } from "bun:test";
import type { JsonObject } from "@codex/protocol/json";
import { model } from "./model.ts";
import type { Step } from "./script.ts";
import type { ScriptedServer } from "./serve-script.ts";

const headers = {
  accept: "text/event-stream",
  authorization: "Bearer k",
  "content-type": "application/json",
  originator: "test",
  "session-id": "s",
  "thread-id": "t",
  "user-agent": "test",
};

const ask = (server: ScriptedServer, body: object = {}, init: RequestInit = {}) =>
  fetch(`${server.url}/responses`, {
    method: "POST",
    headers,
    body: JSON.stringify({ model: "m", stream: true, input: [], ...body }),
    ...init,
  });

/** The JSON of each event in a body of LF-framed events. */
const events = (body: string): JsonObject[] =>
  body.split("\n\n").flatMap((block) => {
    const data = block.split("\n").find((line) => line.startsWith("data: "));
    return data === undefined ? [] : [JSON.parse(data.slice("data: ".length))];
  });

/** What ends a chunked HTTP body that is whole. */
const lastChunk = "\r\n0\r\n\r\n";

/** The body of an answer as it is on the wire, chunk sizes and all. */
async function rawBody(server: ScriptedServer): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const parts: Uint8Array[] = [];
  const ended = Promise.withResolvers<void>();
  const socket = await Bun.connect({
    hostname,
    port: Number(port),
    socket: { data: (_, part) => void parts.push(part), close: () => ended.resolve() },
  });
  socket.write("POST /v1/responses HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 0\r\n\r\n");
  await ended.promise;
  const answer = Buffer.concat(parts).toString("latin1");
  return answer.slice(answer.indexOf("\r\n\r\n") + 4);
}

/** Plays one step and gives the types of the events that come. */
async function typesOf(step: Step): Promise<unknown[]> {
  await using server = await model.plays([step]);
  return events(await (await ask(server)).text()).map((event) => event["type"]);
}

test("streams a message as the Responses API does", async () => {
  await using server = await model.plays([model.says("Hi!", { deltas: ["H", "i!"], phase: "final_answer" })]);
  const response = await ask(server);
  expect(response.headers.get("content-type")).toBe("text/event-stream");

  const part = { type: "output_text", text: "Hi!", annotations: [] };
  const base = { type: "message", id: "msg_1", role: "assistant", phase: "final_answer" };
  const place = { item_id: "msg_1", output_index: 0, content_index: 0 };
  expect(events(await response.text())).toEqual([
    { type: "response.created", response: { id: "resp_1" } },
    { type: "response.output_item.added", output_index: 0, item: { ...base, status: "in_progress", content: [] } },
    { type: "response.content_part.added", ...place, part: { ...part, text: "" } },
    { type: "response.output_text.delta", ...place, delta: "H" },
    { type: "response.output_text.delta", ...place, delta: "i!" },
    { type: "response.output_text.done", ...place, text: "Hi!" },
    { type: "response.content_part.done", ...place, part },
    { type: "response.output_item.done", output_index: 0, item: { ...base, status: "completed", content: [part] } },
    {
      type: "response.completed",
      response: {
        id: "resp_1",
        object: "response",
        status: "completed",
        usage: {
          input_tokens: 100,
          input_tokens_details: { cached_tokens: 10, cache_write_tokens: 0 },
          output_tokens: 20,
          output_tokens_details: { reasoning_tokens: 5 },
          total_tokens: 120,
        },
      },
    },
  ]);
});

test("plays each kind of item with ids of its own family", async () => {
  await using server = await model.plays([
    [
      model.thinks(["One", "Two"], { text: "raw" }),
      model.exec("ls", { workdir: "/" }),
      model.call("view_image", { path: "a.png" }, { namespace: "ns" }),
      model.callRaw("exec_command", "{oops"),
      model.patch("*** Begin Patch"),
      model.webSearch("weather"),
      model.item({ type: "hologram", id: "h_1" }),
    ],
  ]);
  const items = events(await (await ask(server)).text()).flatMap((event) =>
    event["type"] === "response.output_item.done" ? [event["item"]] : [],
  );
  const call = { type: "function_call", status: "completed" };
  expect(items).toEqual([
    {
      type: "reasoning",
      id: "rs_1",
      summary: [
        { type: "summary_text", text: "One" },
        { type: "summary_text", text: "Two" },
      ],
      content: [{ type: "reasoning_text", text: "raw" }],
      encrypted_content: "scripted",
    },
    { ...call, id: "fc_1", call_id: "call_1", name: "exec_command", arguments: '{"cmd":"ls","workdir":"/"}' },
    { ...call, id: "fc_2", call_id: "call_2", name: "view_image", namespace: "ns", arguments: '{"path":"a.png"}' },
    { ...call, id: "fc_3", call_id: "call_3", name: "exec_command", arguments: "{oops" },
    {
      type: "custom_tool_call",
      id: "ctc_1",
      call_id: "call_4",
      name: "apply_patch",
      input: "*** Begin Patch",
      status: "completed",
    },
    {
      type: "web_search_call",
      id: "ws_1",
      status: "completed",
      action: { type: "search", query: "weather" },
    },
    { type: "hologram", id: "h_1" },
  ]);
});

test("cuts a text into as many deltas as wished, never inside a character", async () => {
  await using server = await model.plays([model.says("a😀b😀c", { deltas: 3 })]);
  const deltas = events(await (await ask(server)).text()).flatMap((event) => event["delta"] ?? []);
  expect(deltas).toEqual(["a😀", "b😀", "c"]);
});

test("answers with an HTTP status, its body and its headers", async () => {
  await using server = await model.plays([
    model.status(429, { error: { message: "slow down" } }, { "retry-after": "2" }),
    model.status(502, "bad gateway"),
  ]);
  const limited = await ask(server);
  expect([limited.status, limited.headers.get("retry-after")]).toEqual([429, "2"]);
  expect(await limited.json()).toEqual({ error: { message: "slow down" } });
  const gateway = await ask(server);
  expect([gateway.status, await gateway.text()]).toEqual([502, "bad gateway"]);
});

test("ends a stream in each way that is no completion", async () => {
  expect(await typesOf(model.fails("server_is_overloaded"))).toEqual(["response.created", "response.failed"]);
  expect(await typesOf(model.incomplete("max_output_tokens"))).toEqual(["response.created", "response.incomplete"]);
  expect(await typesOf(model.error({ status: 400, message: "no" }))).toEqual(["response.created", "error"]);
  expect(await typesOf(model.ends("eof"))).toEqual(["response.created"]);
  expect(await typesOf([model.says("half", { unfinished: true }), model.ends("eof")])).toEqual([
    "response.created",
    "response.output_item.added",
    "response.content_part.added",
    "response.output_text.delta",
  ]);
});

test("names code, message and reason where the API puts them", async () => {
  await using server = await model.plays([
    model.fails("rate_limit_exceeded", "try again in 300ms"),
    model.incomplete("max_output_tokens"),
    model.error({ status: 429, code: "slow", message: "later", headers: { "retry-after": "1" } }),
  ]);
  const last = async () => events(await (await ask(server)).text()).at(-1);
  expect(await last()).toMatchObject({
    response: { error: { code: "rate_limit_exceeded", message: "try again in 300ms" } },
  });
  expect(await last()).toMatchObject({ response: { incomplete_details: { reason: "max_output_tokens" } } });
  expect(await last()).toEqual({
    type: "error",
    status: 429,
    headers: { "retry-after": "1" },
    error: { code: "slow", message: "later" },
  });
});

test("resets the connection before the headers", async () => {
  await using server = await model.plays([model.refuses("reset")]);
  await expect(ask(server)).rejects.toMatchObject({ code: "ECONNRESET" });
});

test("breaks the connection in mid-body, after what was sent has arrived", async () => {
  await using server = await model.plays([[model.says("half"), model.ends("reset")]], { check: false });
  const body = await rawBody(server);
  expect(body).toContain("half");
  expect(body).not.toEndWith(lastChunk);
});

test("a clean end closes the body but sends no completion", async () => {
  await using server = await model.plays([[model.says("half"), model.ends("eof")]], { check: false });
  const body = await rawBody(server);
  expect(body).toEndWith(lastChunk);
  expect(body).not.toContain("response.completed");
});

test("keeps silent, before the headers or in the stream, until the client leaves", async () => {
  await using server = await model.plays([model.refuses("silence"), model.ends("silence")]);
  const impatient = new AbortController();
  ask(server, {}, { signal: impatient.signal }).catch(() => "aborted below");
  const request = await server.arrival(0);
  impatient.abort();
  expect(await request.closed).toBe("dropped");

  const leaving = new AbortController();
  const response = await ask(server, {}, { signal: leaving.signal });
  const reader = response.body?.getReader();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("response.created");
  reader?.read().catch(() => "aborted below");
  leaving.abort();
  expect(await (await server.arrival(1)).closed).toBe("dropped");
});

test("holds the stream back until a gate opens", async () => {
  const gate = model.gate();
  await using server = await model.plays([[model.waits(gate), model.says("now")]]);
  const response = await ask(server);
  const reader = response.body?.getReader();
  expect(events(new TextDecoder().decode((await reader?.read())?.value))).toHaveLength(1);
  gate.open();
  expect(new TextDecoder().decode((await reader?.read())?.value)).toContain("now");
  await reader?.cancel();
});

test("bytes come as junk, with a mark, with CRLF, one by one; figures and headers as wished", async () => {
  await using server = await model.plays([
    [
      model.wire({ byteOrderMark: true, lineEnd: "crlf", chunkBytes: 1 }),
      model.raw(": a comment\r\ngarbage without a colon\r\n\r\n"),
      model.event({ type: "response.sparkles", sparkle: "é" }),
      model.headers({ "x-codex-turn-state": "abc" }),
      model.usage(null),
      model.endTurn(false),
    ],
  ]);
  const response = await ask(server);
  expect(response.headers.get("x-codex-turn-state")).toBe("abc");
  const chunks = await Array.fromAsync(response.body ?? []);
  const text = Buffer.concat(chunks).toString("utf8");
  expect(text.startsWith("\uFEFFevent: response.created\r\n")).toBe(true);
  expect(text).toContain("\r\n\r\n: a comment\r\ngarbage without a colon\r\n\r\nevent: response.sparkles\r\n");
  expect(text).toContain('"sparkle":"é"');
  expect(text).toContain('"response":{"id":"resp_1","object":"response","status":"completed","end_turn":false}');
});

test("chunks of one byte travel as HTTP chunks of one byte", async () => {
  await using server = await model.plays([[model.wire({ chunkBytes: 1 }), model.ends("eof")]], { check: false });
  expect(await rawBody(server)).toMatch(/^(1\r\n[\s\S]\r\n){50,}0\r\n\r\n$/);
});

test("a function step sees the request; each request can be questioned afterwards", async () => {
  await using server = await model.plays([
    (request) =>
      model.says(`${request.texts("user").join(" ")} / ${request.lastOutput()} / ${request.tools().join(" ")}`),
  ]);
  const input = [
    { type: "message", id: "msg_a", role: "user", content: [{ type: "input_text", text: "go" }] },
    { type: "function_call", id: "fc_a", call_id: "c1", name: "exec_command", arguments: "{}" },
    { type: "function_call_output", id: "fco_a", call_id: "c1", output: "out" },
    { type: "custom_tool_call", id: "ctc_a", call_id: "c2", name: "apply_patch", input: "" },
    {
      type: "custom_tool_call_output",
      call_id: "c2",
      output: [
        { type: "input_text", text: "see " },
        { type: "input_image", image_url: "data:," },
      ],
    },
  ];
  const namespace = { type: "namespace", name: "mcp__a", tools: [{ type: "function", name: "echo" }] };
  const tools = [{ type: "function", name: "exec_command" }, { type: "web_search" }, namespace];
  const text = await (await ask(server, { input, tools })).text();
  expect(text).toContain("go / see [image] / exec_command web_search mcp__a.echo");
  const [request] = server.requests;
  expect(request?.outputs()).toEqual(["out", "see [image]"]);
  expect(request?.inputKinds()).toEqual([
    "user",
    "function_call",
    "function_call_output",
    "custom_tool_call",
    "custom_tool_call_output",
  ]);
  expect(await request?.closed).toBe("finished");
});

test("beyond the last step it answers 500 and names the scenario; `repeat` plays the last one again", async () => {
  const short = await model.plays([model.says("once")], { name: "one step" });
  await (await ask(short)).text();
  const beyond = await ask(short);
  expect(beyond.status).toBe(500);
  const sentence = "Scripted model (one step): the scenario has no step for request 2.";
  expect(await beyond.json()).toEqual({ error: { type: "scripted_model", message: sentence } });
  // An impatient client is not led into retrying for long.
  expect((await ask(short)).status).toBe(400);
  await expect(short.close()).rejects.toThrow(sentence);

  await using endless = await model.plays([model.says("again")], { repeat: true });
  expect(await (await ask(endless)).text()).toContain('"id":"msg_1"');
  expect(await (await ask(endless)).text()).toContain('"id":"msg_2"');
});

test("a scenario that contradicts itself or throws fails the test", async () => {
  const server = await model.plays([
    [model.status(500), model.says("too")],
    [model.ends("eof"), model.says("late")],
    () => {
      throw new Error("not as expected");
    },
  ]);
  for (let i = 0; i < 3; i++) expect((await ask(server)).status).toBe(500);
  expect(server.complaints).toEqual([
    expect.stringContaining("step 1 failed: Error: a step with `status` or `refuses` can hold nothing else"),
    expect.stringContaining("step 2 failed: Error: a piece follows the one that ends the stream"),
    expect.stringContaining("step 3 failed: Error: not as expected"),
  ]);
  await expect(server.close()).rejects.toThrow("not as expected");
});

test("GET /models is 404, or a list by option", async () => {
  await using without = await model.plays([]);
  expect((await fetch(`${without.url}/models`)).status).toBe(404);
  expect(without.otherRequests).toEqual(["GET /v1/models"]);
  await using listing = await model.plays([], { models: [{ slug: "gpt-5.5" }] });
  expect(await (await fetch(`${listing.url}/models`)).json()).toEqual({ models: [{ slug: "gpt-5.5" }] });
});

test("closing breaks connections that are still open", async () => {
  const server = await model.plays([model.ends("silence")]);
  const response = await ask(server);
  const rest = response.text();
  await server.close();
  await expect(rest).rejects.toMatchObject({ code: "ECONNRESET" });
});

test("a client that dies while it sends its request is no complaint, a body that cannot be read is one", async () => {
  const server = await model.plays([model.says("still here")]);
  const { hostname, port } = new URL(server.url);
  const socket = await Bun.connect({ hostname, port: Number(port), socket: { data: () => undefined } });
  socket.write("POST /v1/responses HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\n{");
  socket.terminate();
  expect(await (await ask(server)).text()).toContain("still here");
  expect(server.complaints).toEqual([]);

  const zstd = { ...headers, "content-encoding": "zstd" };
  await expect(ask(server, {}, { headers: zstd })).rejects.toMatchObject({ code: "ECONNRESET" });
  await expect(server.close()).rejects.toThrow("POST /v1/responses could not be handled");
});

test("a compressed body is read", async () => {
  await using server = await model.plays([model.says("ok")]);
  const body = Bun.zstdCompressSync(JSON.stringify({ model: "m", stream: true, input: [] }));
  const response = await ask(server, {}, { body, headers: { ...headers, "content-encoding": "zstd" } });
  expect([response.status, server.requests[0]?.body["model"]]).toEqual([200, "m"]);
});
