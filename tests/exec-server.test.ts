// `codex exec-server`: processes, files and HTTP requests for a client elsewhere, over standard streams and WebSockets.
import { expect, test } from "bun:test";
import type { JsonObject } from "@codex/protocol/json";
import { codex, workspace } from "@codex/scripted-model/testing";
import { createHash, createHmac } from "node:crypto";
import { mkdir, symlink } from "node:fs/promises";
import { createConnection } from "node:net";
import { join } from "node:path";
import { encodeFrame } from "../packages/app-server/src/transports/encode-frame.ts";
import { leftProcesses } from "./processes.test-support.ts";
import { execOnStdio, execServer, systemPath, uri, type ExecClient } from "./support/exec-server-process.ts";

const base64 = (text: string): string => Buffer.from(text).toString("base64");
const text = (encoded: unknown): string => Buffer.from(String(encoded), "base64").toString();
const errorOf = (answer: JsonObject): JsonObject => answer["error"] as JsonObject;
const upTo = (most: number): number[] => Array.from({ length: most }, (_, i) => i + 1);

test("a process on pipes: its output by stream, its end, one counter for all, and all of it once more by process/read", async () => {
  await using ws = await workspace();
  await using client = await execOnStdio({ ws });
  await client.begin();
  const started = await client.start("p", ["sh", "-c", "echo out; sleep 0.05; echo err >&2; exit 3"]);
  expect(started["result"]).toEqual({ processId: "p", sandboxType: "none" });
  const { output, exitCode, seqs } = await client.ended("p");
  expect({ output, exitCode, seqs }).toEqual({
    output: { stdout: "out\n", stderr: "err\n" },
    exitCode: 3,
    seqs: upTo(4),
  });
  // The answer comes before what it causes.
  const answer = client.heard.findIndex((message) => message["result"] === started["result"]);
  expect(answer).toBeLessThan(client.heard.findIndex(({ method }) => method === "process/output"));
  const read = await client.must("process/read", { processId: "p", afterSeq: 1 });
  expect(read).toEqual({
    chunks: [{ seq: 2, stream: "stderr", chunk: base64("err\n") }],
    nextSeq: 5,
    exited: true,
    exitCode: 3,
    closed: true,
    failure: null,
    sandboxDenied: false,
  });
  client.close();
  expect(await client.exited).toBe(0);
});

test("a terminal: its size from the start and later, its input, Ctrl-C, its end by force", async () => {
  await using ws = await workspace();
  await using client = await execOnStdio({ ws });
  await client.begin();
  const script = `stty size; until [ "$(stty size)" = "50 120" ]; do sleep 0.01; done; echo resized
    read -r x; echo got $x; trap 'echo interrupted' INT; echo ready; while :; do sleep 0.02; done`;
  await client.start("t", ["bash", "-c", script], { tty: true });
  const said = (wanted: string) => client.until(() => client.written("t").includes(wanted), `output with "${wanted}"`);
  await said("24 80");
  expect(await client.must("process/resize", { processId: "t", size: { rows: 50, cols: 120 } })).toEqual({});
  await said("resized");
  const write = { processId: "t", chunk: base64("hello\n"), writeId: "1" };
  expect(await client.must("process/write", write)).toEqual({ status: "accepted" });
  await said("got hello");
  await said("ready");
  await client.must("process/signal", { processId: "t", signal: "interrupt" });
  await said("interrupted");
  expect(await client.must("process/terminate", { processId: "t" })).toEqual({ running: true });
  expect((await client.ended("t")).exitCode).toBe(137);
  expect(await client.must("process/terminate", { processId: "t" })).toEqual({ running: false });
});

test("input on a pipe is written once for each writeId, and its end is told", async () => {
  await using ws = await workspace();
  await using client = await execOnStdio({ ws });
  await client.begin();
  await client.start("cat", ["cat"], { pipeStdin: true });
  const write = (writeId: string, words: string, more = {}) =>
    client.must("process/write", { processId: "cat", chunk: base64(words), writeId, ...more });
  const writes = [write("a", "one "), write("a", "one "), write("b", "two", { closeStdin: true })];
  expect(await Promise.all(writes)).toEqual(writes.map(() => ({ status: "accepted" })));
  expect((await client.ended("cat")).output).toEqual({ stdout: "one two" });
  expect(await write("c", "three")).toEqual({ status: "stdinClosed" });
});

test("a process that does not take its input can be ended all the same", async () => {
  await using ws = await workspace();
  await using client = await execOnStdio({ ws });
  await client.begin();
  await client.start("deaf", ["sleep", "60"], { pipeStdin: true });
  const much = { processId: "deaf", chunk: base64("x".repeat(20_000_000)), writeId: "1" };
  void client.ask("process/write", much).catch(() => undefined);
  expect(await client.must("process/terminate", { processId: "deaf" })).toEqual({ running: true });
  expect((await client.ended("deaf")).exitCode).toBe(137);
});

test("messages that are none, unknown methods and notifications are answered or left alone, and the server goes on", async () => {
  await using ws = await workspace();
  await using client = await execOnStdio({ ws });
  client.raw("no json");
  expect(await client.until(({ error }) => error !== undefined)).toMatchObject({ id: null, error: { code: -32700 } });
  client.send({ method: "nobody/knows" });
  client.send({ id: 1, result: {} });
  expect(errorOf(await client.ask("process/read", { processId: "x" }))["message"]).toBe(
    "client must call initialize before using exec methods",
  );
  await client.begin();
  expect(errorOf(await client.ask("no/method"))).toMatchObject({ code: -32601 });
  expect(errorOf(await client.ask("fs/readFile", { path: "/etc/hostname" }))).toMatchObject({
    code: -32602,
    message: "invalid URI: relative URL without a base",
  });
  expect(await client.must("environment/status")).toEqual({ status: "ready" });
});

test("files: written, described, walked, copied, removed; in the order of the requests", async () => {
  await using ws = await workspace();
  await using client = await execOnStdio({ ws });
  await client.begin();
  const at = (name: string) => ({ path: uri(join(ws.path, name)) });
  const answers = await Promise.all([
    client.ask("fs/createDirectory", at("a/b")),
    client.ask("fs/writeFile", { ...at("a/b/f.txt"), dataBase64: base64("hello") }),
    client.ask("fs/readFile", at("a/b/f.txt")),
    client.ask("fs/copy", { sourcePath: at("a").path, destinationPath: at("c d").path, recursive: true }),
    client.ask("fs/walk", {
      ...at("c d"),
      options: { maxDepth: 9, maxDirectories: 9, maxEntries: 9, followDirectorySymlinks: false },
    }),
    client.ask("fs/remove", at("c d")),
    client.ask("fs/remove", at("c d")),
    client.ask("fs/remove", { ...at("c d"), force: true }),
    client.ask("fs/getMetadata", at("a/b/f.txt")),
  ]);
  const [, , read, , walk, removed, again, forced, facts] = answers;
  expect(read?.["result"]).toEqual({ dataBase64: base64("hello") });
  expect(walk?.["result"]).toEqual({
    entries: [
      { ...at("c d/b"), kind: "directory" },
      { ...at("c d/b/f.txt"), kind: "file" },
    ],
    errors: [],
    truncated: false,
  });
  expect([removed?.["result"], errorOf(again ?? {})["code"], forced?.["result"]]).toEqual([{}, -32004, {}]);
  expect(facts?.["result"]).toMatchObject({ isFile: true, isDirectory: false, isSymlink: false, size: 5 });
});

test("files block by block, and the news of one that was missing", async () => {
  await using ws = await workspace();
  await using client = await execOnStdio({ ws });
  await client.begin();
  const file = uri(join(ws.path, "deep", "blocks"));
  expect(await client.must("fs/watchMissing", { watchId: 7, missing: [file] })).toEqual({ watching: true });
  await client.must("fs/createDirectory", { path: uri(join(ws.path, "deep")) });
  await client.must("fs/open", { handleId: "w", path: file, mode: "replace" });
  expect(await client.untilMethod("fs/missingChanged")).toMatchObject({ params: { watchId: 7 } });
  await Promise.all([
    client.must("fs/writeBlock", { handleId: "w", offset: 3, chunk: base64("def") }),
    client.must("fs/writeBlock", { handleId: "w", offset: 0, chunk: base64("abc") }),
    client.must("fs/close", { handleId: "w" }),
  ]);
  await client.must("fs/open", { handleId: "r", path: file });
  const block = async (offset: number) => {
    const { chunk, eof } = await client.must("fs/readBlock", { handleId: "r", offset, len: 4 });
    return [text(chunk), eof];
  };
  expect([await block(0), await block(4), await block(9)]).toEqual([
    ["abcd", false],
    ["ef", true],
    ["", true],
  ]);
  expect(errorOf(await client.ask("fs/readBlock", { handleId: "w", offset: 0, len: 4 }))["code"]).toBe(-32004);
});

const readOnly = { place: { type: "special", value: { kind: "root" } }, access: "read" };
const sandboxOf = (...entries: { place: JsonObject; access: string }[]) => ({
  sandbox: {
    permissions: {
      type: "managed",
      file_system: { type: "restricted", entries: entries.map(({ place, access }) => ({ path: place, access })) },
      network: "restricted",
    },
    windowsSandboxLevel: "disabled",
  },
});
const folder = (path: string) => ({ type: "path", path: uri(path) });

test("a sandbox holds processes and file operations alike", async () => {
  await using ws = await workspace({ "secret/key": "hidden", "open/file": "open" });
  await mkdir(join(ws.path, "out"));
  await symlink(join(ws.root, "elsewhere"), join(ws.path, "out", "link"));
  await using client = await execOnStdio({ ws });
  await client.begin();
  const at = (name: string) => ({ path: uri(join(ws.path, name)) });
  const sandbox = sandboxOf(
    readOnly,
    { place: folder(join(ws.path, "out")), access: "write" },
    { place: folder(join(ws.path, "secret")), access: "deny" },
  );
  const script = "echo kept > out/new; cat secret/key; echo no > open/file";
  expect((await client.start("p", ["sh", "-c", script], sandbox))["result"]).toMatchObject({ processId: "p" });
  const { exitCode, sandboxDenied } = await client.ended("p");
  expect([exitCode === 0, sandboxDenied]).toEqual([false, true]);
  expect(await ws.read("open/file")).toBe("open");
  expect(await ws.read("out/new")).toBe("kept\n");

  expect(await client.must("fs/readFile", { ...at("open/file"), ...sandbox })).toEqual({ dataBase64: base64("open") });
  const refused = await Promise.all([
    client.ask("fs/readFile", { ...at("secret/key"), ...sandbox }),
    client.ask("fs/writeFile", { ...at("open/file"), dataBase64: base64("no"), ...sandbox }),
    client.ask("fs/writeFile", { ...at("out/link"), dataBase64: base64("no"), ...sandbox }),
    client.ask("fs/open", { handleId: "w", ...at("open/file"), mode: "replace", ...sandbox }),
  ]);
  expect(refused.map((answer) => errorOf(answer)["code"])).toEqual([-32603, -32603, -32603, -32603]);
  expect([await ws.read("open/file"), await Bun.file(join(ws.root, "elsewhere")).exists()]).toEqual(["open", false]);
  await client.must("fs/open", { handleId: "h", ...at("out/blocks"), mode: "replace", ...sandbox });
  await client.must("fs/writeBlock", { handleId: "h", offset: 0, chunk: base64("block") });
  await client.must("fs/close", { handleId: "h" });
  expect(await ws.read("out/blocks")).toBe("block");
});

test("Ctrl-C reaches what runs in a sandbox, on pipes and on a terminal", async () => {
  await using ws = await workspace();
  await using client = await execOnStdio({ ws });
  await client.begin();
  const script = "trap 'echo caught; exit 5' INT; echo ready; while :; do sleep 0.02; done";
  for (const tty of [false, true]) {
    const id = `tty ${tty}`;
    const started = await client.start(id, ["bash", "-c", script], { tty, ...sandboxOf(readOnly) });
    expect(started["result"]).not.toHaveProperty("sandboxType", "none");
    await client.until(() => client.written(id).includes("ready"), "start of the script");
    await client.must("process/signal", { processId: id, signal: "interrupt" });
    expect((await client.ended(id)).exitCode).toBe(5);
    expect(client.written(id)).toContain("caught");
  }
});

test("HTTP: a body that streams as it comes, one that breaks off, redirects, headers of variables, no credentials elsewhere", async () => {
  await using ws = await workspace();
  const step = Promise.withResolvers<void>();
  await using other = serve((request) => Response.json(Object.fromEntries(request.headers)));
  await using site = serve((request) => {
    const { pathname } = new URL(request.url);
    if (pathname === "/away") return Response.redirect(other.url, 302);
    if (pathname === "/pieces") return new Response(pieces(step.promise));
    return Response.json({ method: request.method, ...Object.fromEntries(request.headers) });
  });
  await using client = await execOnStdio({ ws, env: { SECRET_HEADER: "from here" } });
  await client.begin();
  const request = (requestId: string, path: string, more = {}) =>
    client.ask("http/request", { method: "GET", url: site.url + path, requestId, headers: [], ...more });

  const streamed = await request("s", "/pieces", { streamResponse: true });
  expect(streamed["result"]).toMatchObject({ status: 200, bodyBase64: "" });
  const delta = (seq: number) => client.untilMethod("http/request/bodyDelta", (params) => params["seq"] === seq);
  // The second piece is sent only when the first has been told.
  expect(text(((await delta(1))["params"] as JsonObject)["deltaBase64"])).toBe("one");
  expect(errorOf(await request("s", "/pieces", { streamResponse: true }))["code"]).toBe(-32602);
  step.resolve();
  expect(text(((await delta(2))["params"] as JsonObject)["deltaBase64"])).toBe("two");
  expect((await delta(3))["params"]).toMatchObject({ done: true, error: null });

  const headers = [
    { name: "authorization", value: "Bearer x" },
    { name: "x-here", value: "", valueEnvVar: "SECRET_HEADER" },
  ];
  const body = (answer: JsonObject): JsonObject => JSON.parse(text((answer["result"] as JsonObject)["bodyBase64"]));
  const echo = body(await request("e", "/", { headers }));
  expect(echo).toMatchObject({ authorization: "Bearer x", "x-here": "from here" });
  expect(String(echo["user-agent"])).toMatch(/^codex_cli_rs\//);
  expect(body(await request("a", "/away", { headers }))["authorization"]).toBeUndefined();
  expect(((await request("n", "/away", { redirectPolicy: "stop" }))["result"] as JsonObject)["status"]).toBe(302);
  expect(
    errorOf(await request("m", "/", { headers: [{ name: "x", value: "", valueEnvVar: "NOT_SET" }] }))["code"],
  ).toBe(-32600);
});

const serve = (answer: (request: Request) => Response) => {
  const server = Bun.serve({ port: 0, hostname: "127.0.0.1", fetch: answer });
  return { url: `http://127.0.0.1:${server.port}`, [Symbol.asyncDispose]: () => server.stop(true) };
};

const pieces = (between: Promise<void>) =>
  new ReadableStream({
    async start(controller) {
      controller.enqueue("one");
      await between;
      controller.enqueue("two");
      controller.close();
    },
  });

test("a session is taken up again after its connection was lost, with all its output; by one client at a time", async () => {
  await using ws = await workspace();
  await using server = await execServer({ ws });
  const first = await server.connect();
  const { sessionId } = await first.begin();
  const id = String(sessionId);
  await first.start("p", ["sh", "-c", "echo before; read x; echo after $x"], { pipeStdin: true });
  await first.untilMethod("process/output");
  const second = await server.connect();
  expect(errorOf(await second.ask("initialize", { clientName: "b", resumeSessionId: id }))["code"]).toBe(-32010);
  first.close();
  const third = await takeUp(server.connect, id);
  const { chunks } = await third.must("process/read", { processId: "p" });
  expect((chunks as JsonObject[]).map(({ chunk }) => text(chunk)).join("")).toBe("before\n");
  await third.must("process/write", { processId: "p", chunk: base64("x\n"), writeId: "1" });
  expect((await third.ended("p")).output).toEqual({ stdout: "after x\n" });
  expect(errorOf(await second.ask("initialize", { clientName: "b", resumeSessionId: "gone" }))["message"]).toBe(
    "unknown session id gone",
  );
});

test("a connection that was lost without a word does not keep its session", async () => {
  await using ws = await workspace();
  await using server = await execServer({ ws });
  const { port } = new URL(server.url);
  // One that reads nothing, hence answers no ping, and yet stays connected.
  const lost = createConnection(Number(port), "127.0.0.1");
  try {
    const words = Object.entries({ host: "x", ...upgrade }).map(([name, value]) => `${name}: ${value}`);
    lost.write(["GET / HTTP/1.1", ...words, "", ""].join("\r\n"));
    lost.write(encodeFrame("text", '{"id":1,"method":"initialize","params":{"clientName":"a"}}', new Uint8Array(4)));
    let said = "";
    const id = await new Promise<string>((resolve) => {
      lost.on("data", (bytes) => {
        said += bytes.toString("latin1");
        const [, sessionId] = /"sessionId":"([^"]+)"/.exec(said) ?? [];
        if (sessionId !== undefined) resolve(sessionId);
      });
    });
    lost.pause();
    const client = await server.connect();
    expect((await client.begin(id))["sessionId"]).toBe(id);
  } finally {
    lost.destroy();
  }
});

/** The server hears of a lost connection a moment after it is lost. */
async function takeUp(connect: () => Promise<ExecClient>, id: string): Promise<ExecClient> {
  const client = await connect();
  for (;;) {
    const answer = await client.ask("initialize", { clientName: "again", resumeSessionId: id });
    if (errorOf(answer)?.["code"] === -32010) continue;
    client.send({ method: "initialized" });
    return client;
  }
}

test("clients prove who they are, and no page of a browser comes in", async () => {
  await using ws = await workspace();
  const sha256 = createHash("sha256").update("token").digest("hex");
  await using server = await execServer({ ws, args: ["--ws-auth", "capability-token", "--ws-token-sha256", sha256] });
  const knock = async (headers: Record<string, string>, path = "/") => {
    const answer = await fetch(server.url.replace("ws:", "http:") + path, { headers: { ...upgrade, ...headers } });
    return [answer.status, await answer.text()];
  };
  expect(await knock({})).toEqual([401, "missing websocket bearer token"]);
  expect(await knock({ authorization: "Bearer no" })).toEqual([401, "invalid websocket bearer token"]);
  expect(await knock({ authorization: "Bearer token", origin: "http://localhost" })).toEqual([403, ""]);
  expect(await knock({}, "/readyz")).toEqual([200, ""]);
  const client = await server.connect({ authorization: "Bearer token" });
  expect(await client.begin()).toHaveProperty("sessionId");
});

test("clients with a signed token come in until it expires", async () => {
  await using ws = await workspace();
  const secret = "a secret that is long enough for HMAC";
  await ws.write("secret", secret);
  await using server = await execServer({
    ws,
    args: ["--ws-auth", "signed-bearer-token", "--ws-shared-secret-file", join(ws.path, "secret")],
  });
  const now = Math.floor(Date.now() / 1000);
  const client = await server.connect({ authorization: `Bearer ${jwt({ exp: now + 60 }, secret)}` });
  expect(await client.begin()).toHaveProperty("sessionId");
  const late = await fetch(server.url.replace("ws:", "http:"), {
    headers: { ...upgrade, authorization: `Bearer ${jwt({ exp: now - 60 }, secret)}` },
  });
  expect([late.status, await late.text()]).toEqual([401, "expired websocket jwt"]);
});

function jwt(claims: object, secret: string): string {
  const encode = (part: object) => Buffer.from(JSON.stringify(part)).toString("base64url");
  const signed = `${encode({ alg: "HS256", typ: "JWT" })}.${encode(claims)}`;
  return `${signed}.${createHmac("sha256", secret).update(signed).digest("base64url")}`;
}

const upgrade = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

test("what it started ends with it, whatever way it ends", async () => {
  await using ws = await workspace();
  const mark = `exec-server-${crypto.randomUUID()}`;
  const script = `(setsid sleep 300 & echo started) # ${mark}`;
  const env = { PATH: systemPath, MARK: mark };
  {
    await using client = await execOnStdio({ ws });
    await client.begin();
    await client.start("d", ["bash", "-c", `${script}; sleep 300`], { env });
    await client.untilMethod("process/output");
    client.close();
    expect(await client.exited).toBe(0);
  }
  await using server = await execServer({ ws });
  const client = await server.connect();
  await client.begin();
  await client.start("d", ["bash", "-c", `${script}; sleep 300`], { env });
  await client.untilMethod("process/output");
  server.kill("SIGTERM");
  expect(await server.exited).toBe(0);
  expect(await leftProcesses(mark)).toEqual([]);
});

test("a config that cannot be read is told of, and the server goes on without", async () => {
  await using ws = await workspace();
  await using client = await execOnStdio({ ws, config: "x = = 1" });
  await client.begin();
  client.close();
  expect(await client.exited).toBe(0);
  expect(client.stderr()).toContain("Invalid configuration; using defaults. ");
});

test.each([
  [["--listen", "tcp://x"], 1, "Error: unsupported --listen URL `tcp://x`; expected `ws://IP:PORT` or `stdio`\n"],
  [
    ["--listen", "ws://localhost:1"],
    1,
    "Error: invalid websocket --listen URL `ws://localhost:1`; expected `ws://IP:PORT`\n",
  ],
  [
    ["--listen", "stdio", "--ws-auth", "capability-token", "--ws-token-sha256", "0".repeat(64)],
    1,
    "Error: WebSocket auth requires a WebSocket listener, not stdio\n",
  ],
  [
    ["--remote", "https://x", "--environment-id", "e"],
    2,
    "error: --remote is not part of this build: it serves clients that connect to it; use --listen ws://IP:PORT or --listen stdio.\n",
  ],
  [
    ["forward", "--connect", "ws://127.0.0.1:1"],
    2,
    "error: `codex exec-server forward` is not part of this build: it serves clients that connect to it; use --listen ws://IP:PORT or --listen stdio.\n",
  ],
])("%p is refused in one sentence", async (args, code, sentence) => {
  await using ws = await workspace();
  const { exitCode, stderr } = await codex.exec({ ws, subcommand: ["exec-server"], args });
  expect([exitCode, stderr]).toEqual([code, sentence]);
});
