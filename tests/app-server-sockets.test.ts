// `codex app-server` for many clients: WebSockets, Unix sockets, tokens, the proxy, the background server, an orderly end.
import { expect, test } from "bun:test";
import { codex, model, workspace } from "@codex/scripted-model/testing";
import { createHash, createHmac } from "node:crypto";
import { mkdir, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { encodeFrame } from "../packages/app-server/src/transports/encode-frame.ts";
import { prepareLaunch } from "../packages/scripted-model/src/launch.ts";
import { leftProcesses } from "./processes.test-support.ts";
import { connectSocket, socketServer, type SocketServer } from "./support/app-server-process.ts";

type Place = AsyncDisposable & {
  readonly app: SocketServer;
  readonly ws: Awaited<ReturnType<typeof workspace>>;
};

async function start(script: Parameters<typeof model.plays>[0] = [], args: string[] = []): Promise<Place> {
  const ws = await workspace();
  const server = await model.plays(script);
  const app = await socketServer({ server, ws, args, config: 'sandbox_mode = "danger-full-access"' });
  return {
    app,
    ws,
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await server.close();
      await ws[Symbol.asyncDispose]();
    },
  };
}

const upgrade = {
  connection: "Upgrade",
  upgrade: "websocket",
  "sec-websocket-version": "13",
  "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
};

/** Status and text of a plain request, or of an upgrade that is refused. */
async function knock(url: string, headers: Record<string, string> = {}, method = "GET"): Promise<[number, string]> {
  const answer = await fetch(url.replace("ws:", "http:"), { headers, method });
  return [answer.status, await answer.text()];
}

test("fifty clients at once, each with its own name and its own thread", async () => {
  await using place = await start();
  const clients = await Promise.all(Array.from({ length: 50 }, (_, i) => place.app.connect(`client-${i}`)));
  const threads = await Promise.all(
    clients.map(async (client) => (await client.must("thread/start", {}))["thread"] as { originator: string }),
  );
  expect(threads.map((thread) => thread.originator)).toEqual(clients.map((_, i) => `client-${i}`));
});

test("the door: health, pages of a browser, methods, versions", async () => {
  await using place = await start();
  const { url } = place.app;
  expect(await knock(`${url}/readyz`)).toEqual([200, ""]);
  expect(await knock(`${url}/healthz?x`)).toEqual([200, ""]);
  expect(await knock(`${url}/readyz`, {}, "POST")).toEqual([405, ""]);
  expect(await knock(`${url}/readyz`, { origin: "http://localhost" })).toEqual([403, ""]);
  expect(await knock(`${url}/`, { ...upgrade, origin: "null" })).toEqual([403, ""]);
  expect(await knock(`${url}/`)).toEqual([400, "Connection header did not include 'upgrade'"]);
  expect(await knock(`${url}/`, { ...upgrade, "sec-websocket-version": "12" })).toEqual([
    400,
    "`Sec-WebSocket-Version` header did not include '13'",
  ]);
  const client = await connectSocket(`${url}/any/path`);
  expect((await client.hello())["result"]).toBeDefined();
});

test("a message of megabytes is answered, one that is no message too", async () => {
  await using place = await start();
  const client = await place.app.connect();
  const name = "n".repeat(3_000_000);
  expect((await client.ask("thread/read", { threadId: name }))["error"]).toMatchObject({ code: -32600 });
  client.send("text");
  await client.until(({ id, error }) => id === null && error !== undefined);
});

const secret = "a secret that is long enough for HMAC";

function jwt(claims: Record<string, unknown>, key = secret): string {
  const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${part({ alg: "HS256", typ: "JWT" })}.${part(claims)}`;
  return `${signed}.${createHmac("sha256", key).update(signed).digest("base64url")}`;
}

test("a signed token lets in who has a good one, and says why another does not", async () => {
  const ws = await workspace();
  await ws.write("secret", `${secret}\n`);
  const file = join(ws.path, "secret");
  const args = [
    "--ws-auth",
    "signed-bearer-token",
    "--ws-shared-secret-file",
    file,
    "--ws-issuer",
    "iss",
    "--ws-audience",
    "me",
  ];
  await using app = await socketServer({ ws, args, config: "" });
  const now = Math.floor(Date.now() / 1000);
  const good = { exp: now + 60, iss: "iss", aud: ["you", "me"] };
  const said = async (token: string | undefined, scheme = "Bearer") =>
    (await knock(app.url, { ...upgrade, ...(token === undefined ? {} : { authorization: `${scheme} ${token}` }) }))[1];
  expect(
    await Promise.all([
      said(undefined),
      said("x", "Basic"),
      said("x"),
      said(jwt(good, "another")),
      said(jwt({ ...good, exp: undefined })),
      said(jwt({ ...good, exp: now - 31 })),
      said(jwt({ ...good, nbf: now + 60 })),
      said(jwt({ ...good, iss: "no" })),
      said(jwt({ ...good, aud: "no" })),
    ]),
  ).toEqual([
    "missing websocket bearer token",
    "invalid authorization header",
    "invalid websocket jwt",
    "invalid websocket jwt",
    "invalid websocket jwt",
    "expired websocket jwt",
    "websocket jwt is not valid yet",
    "websocket jwt issuer mismatch",
    "websocket jwt audience mismatch",
  ]);
  expect(await knock(`${app.url}/readyz`)).toEqual([200, ""]);
  const client = await connectSocket(app.url, { authorization: `Bearer ${jwt({ ...good, exp: now - 20 })}` });
  expect((await client.hello())["result"]).toBeDefined();
  await ws[Symbol.asyncDispose]();
});

test("a capability token is compared as a whole, and other machines get no server without one", async () => {
  const ws = await workspace();
  const digest = createHash("sha256").update("the token").digest("hex");
  await using app = await socketServer({
    ws,
    args: ["--ws-auth", "capability-token", "--ws-token-sha256", digest],
    config: "",
  });
  expect(await knock(app.url, { ...upgrade, authorization: "Bearer the toke" })).toEqual([
    401,
    "invalid websocket bearer token",
  ]);
  const client = await connectSocket(app.url, { authorization: "Bearer the token" });
  expect((await client.hello())["result"]).toBeDefined();
  expect(await run(ws, ["--listen", "ws://0.0.0.0:0"])).toEqual({
    code: 1,
    out: "",
    err: "Error: refusing to start non-loopback websocket listener 0.0.0.0:0 without auth; configure `--ws-auth capability-token` or `--ws-auth signed-bearer-token`\n",
  });
  await ws[Symbol.asyncDispose]();
});

test("a client that does not read is not read from, costs little memory and holds up nobody", async () => {
  await using place = await start();
  const { app } = place;
  const socket = await rawSocket(app.url);
  const params = { clientInfo: { name: "deaf", version: "1" } };
  socket.send(JSON.stringify({ id: 0, method: "initialize", params }));
  // Each answer names the whole id: a megabyte, which nobody reads.
  const id = "i".repeat(1_000_000);
  for (let i = 0; i < 40; i++)
    socket.send(JSON.stringify({ id: `${i}${id}`, method: "thread/loaded/list", params: {} }));
  const other = await app.connect("quick");
  const asked = performance.now();
  for (let i = 0; i < 20; i++) await other.ask("thread/loaded/list", {});
  expect(performance.now() - asked).toBeLessThan(3000);
  const peak = Number(/VmHWM:\s+(\d+)/.exec(await Bun.file(`/proc/${app.pid}/status`).text())?.[1]) / 1024;
  expect(peak).toBeLessThan(400);
  socket.end();
});

test("SIGTERM lets the turn that runs end, takes nothing new, and says goodbye", async () => {
  const gate = model.gate();
  await using place = await start([[model.says("Half"), model.waits(gate), model.says("done.")]]);
  const { app } = place;
  const client = await app.connect();
  const bystander = await app.connect();
  const { thread } = (await client.must("thread/start", {})) as { thread: { id: string } };
  await client.must("turn/start", { threadId: thread.id, input: [{ type: "text", text: "go" }] });
  await client.untilMethod("item/started", (params) => (params["item"] as { type: string }).type === "agentMessage");
  app.kill("SIGTERM");
  await app.said("Waiting for a turn to end");
  expect((await bystander.ask("thread/start", {}))["error"]).toEqual({
    code: -32600,
    message: "Server is draining; retry after reconnecting",
    data: { code: "draining", reason: "serverShuttingDown" },
  });
  expect(await bystander.must("thread/loaded/list", {})).toMatchObject({ data: [thread.id] });
  await expect(connectSocket(app.url)).rejects.toThrow("no WebSocket");
  gate.open();
  const done = await client.untilMethod("turn/completed");
  expect(done["params"]).toMatchObject({ turn: { status: "completed" } });
  const goodbye = { code: 1001, reason: expect.stringContaining("shutting down") };
  expect(await Promise.all([client.closed, bystander.closed])).toEqual([goodbye, goodbye]);
  expect(await app.exited).toBe(0);
});

test("a turn that waits for an answer which nobody is there to give does not hold up the end", async () => {
  const policy = { approvalPolicy: "on-request", sandbox: "read-only" };
  const escalated = model.exec("touch made", { sandbox_permissions: "require_escalated", justification: "why" });
  await using place = await start([escalated, model.says("never")]);
  const { app } = place;
  const client = await app.connect();
  const { thread } = (await client.must("thread/start", policy)) as { thread: { id: string; path: string } };
  await client.must("turn/start", { threadId: thread.id, input: [{ type: "text", text: "go" }] });
  await client.untilMethod("item/commandExecution/requestApproval");
  app.kill("SIGTERM");
  await app.said("Waiting for a turn to end");
  client.close();
  expect(await app.exited).toBe(0);
  expect(await Bun.file(thread.path).text()).toContain("turn_aborted");
});

test("a second signal stops at once, and with it what runs", async () => {
  await using place = await start([model.exec("echo $$; sleep 600"), model.says("never")]);
  const { app, ws } = place;
  const client = await app.connect();
  const { thread } = (await client.must("thread/start", {})) as { thread: { id: string } };
  await client.must("turn/start", { threadId: thread.id, input: [{ type: "text", text: "go" }] });
  await client.untilMethod("item/commandExecution/outputDelta");
  app.kill("SIGTERM");
  await app.said("Waiting for a turn to end");
  app.kill("SIGTERM");
  expect(await app.exited).toBe(143);
  expect(await leftProcesses(ws.root)).toEqual([]);
});

test("the background server: started once, reached by its socket, stopped without a trace", async () => {
  const ws = await workspace();
  const socket = join(ws.codexHome, "app-server-control", "app-server-control.sock");
  try {
    const started = await daemon(ws, "start");
    expect(started).toMatchObject({
      status: "started",
      backend: "pid",
      socketPath: socket,
      appServerVersion: "0.169.0",
    });
    expect(await daemon(ws, "start")).toMatchObject({ status: "alreadyRunning" });
    expect(await daemon(ws, "version")).toMatchObject({ status: "running", cliVersion: "0.169.0" });
    expect([(await stat(socket)).mode & 0o777, (await stat(join(socket, ".."))).mode & 0o777]).toEqual([0o600, 0o700]);
    expect(await run(ws, ["--listen", "unix://"])).toEqual({
      code: 1,
      out: "",
      err: `Error: app-server control socket is already in use at ${socket}\n`,
    });
    const hello = JSON.stringify({ id: 1, method: "initialize", params: { clientInfo: { name: "n", version: "1" } } });
    const { code, out } = await run(ws, ["proxy", "--lines"], `${hello}\n`);
    expect([code, JSON.parse(out.split("\n")[0] ?? "")]).toMatchObject([
      0,
      { id: 1, result: { codexHome: ws.codexHome } },
    ]);
    const head =
      "GET / HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n";
    const raw = await run(ws, ["proxy"], head);
    expect(raw.out).toStartWith("HTTP/1.1 101 Switching Protocols\r\n");
    expect(raw.out).toContain("x-codex-websocket-max-unfragmented-message-bytes: 16777216");
    expect(await daemon(ws, "restart")).toMatchObject({ status: "restarted" });
  } finally {
    expect(await daemon(ws, "stop")).toMatchObject({ status: "stopped" });
  }
  expect(await daemon(ws, "stop")).toMatchObject({ status: "notRunning" });
  expect(await leftProcesses(ws.root)).toEqual([]);
  expect(await readdir(ws.codexHome, { recursive: true })).toEqual(
    ["app-server-control", "installation_id"].toSorted(),
  );
  expect((await run(ws, ["proxy"])).err).toStartWith(`Error: failed to connect to socket at ${socket}`);
  await ws[Symbol.asyncDispose]();
});

test("a server that was killed leaves no socket in the way, and a long path is no hindrance", async () => {
  const ws = await workspace();
  const home = join(ws.root, "h".repeat(110));
  await mkdir(home);
  const env = { CODEX_HOME: home };
  const first = await daemon(ws, "start", env);
  process.kill(Number(first["pid"]), "SIGKILL");
  const second = await daemon(ws, "start", env);
  expect([first["status"], second["status"]]).toEqual(["started", "started"]);
  expect(await daemon(ws, "stop", env)).toMatchObject({ status: "stopped" });
  await ws[Symbol.asyncDispose]();
});

test("codex exec --remote: the turn runs in the server, the run shows it", async () => {
  await using place = await start([model.exec("echo $PWD"), model.says("Done there.")]);
  const { app, ws } = place;
  const run = (args: string[]) => codex.exec({ ws, args: ["--remote", app.url, ...args], config: false });
  const done = await run(["--json", "--sandbox", "read-only", "-c", "model_verbosity=high", "go"]);
  expect(done.exitCode).toBe(0);
  expect(done.items("agent_message")).toEqual([{ text: "Done there." }]);
  expect(done.items("command_execution")[0]).toMatchObject({ aggregated_output: `${ws.path}\n` });
  expect((await run(["--worktree", "go"])).stderr).toStartWith("Error: --worktree is about this machine's files;");
  const nowhere = await codex.exec({ ws, args: ["--remote", "ws://127.0.0.1:1", "go"], config: false });
  expect([nowhere.exitCode, nowhere.stderr]).toEqual([
    1,
    "Error: failed to connect to remote app server ws://127.0.0.1:1: Connection refused; nothing listens there.\n",
  ]);
});

test("a server that goes away ends the run with a sentence", async () => {
  await using place = await start([model.refuses("silence")]);
  const { app, ws } = place;
  const running = codex.exec({ ws, args: ["--remote", app.url, "go"], config: false });
  const watcher = await app.connect();
  await watcher.untilMethod("thread/status/changed");
  app.kill("SIGKILL");
  const run = await running;
  expect([run.exitCode, run.stderr.split("\n").at(-2)]).toEqual([
    1,
    "Error: The app server has closed the connection; connect again.",
  ]);
});

async function daemon(
  ws: Place["ws"],
  verb: string,
  env: Record<string, string> = {},
): Promise<Record<string, unknown>> {
  const { out, err } = await run(ws, ["daemon", verb], "", env);
  if (out === "") throw new Error(err);
  return JSON.parse(out) as Record<string, unknown>;
}

async function run(ws: Place["ws"], args: string[], input = "", env: Record<string, string> = {}) {
  const launch = await prepareLaunch({ ws, subcommand: ["app-server"], args, config: false, env });
  const child = Bun.spawn(launch.command, {
    cwd: launch.cwd,
    env: launch.env,
    stdin: Buffer.from(input),
    stderr: "pipe",
  });
  const [code, out, err] = await Promise.all([
    child.exited,
    new Response(child.stdout).text(),
    new Response(child.stderr).text(),
  ]);
  return { code, out, err };
}

/** A client that sends as fast as it is let, and never reads. */
async function rawSocket(url: string) {
  const { hostname, port } = new URL(url);
  const opened = Promise.withResolvers<void>();
  let waiting = Buffer.alloc(0);
  const write = (socket: Bun.Socket) => {
    waiting = waiting.subarray(Math.max(0, socket.write(waiting)));
  };
  const socket = await Bun.connect({
    hostname,
    port: Number(port),
    socket: {
      data(self) {
        self.pause();
        opened.resolve();
      },
      drain: write,
    },
  });
  const send = (bytes: Uint8Array) => {
    waiting = Buffer.concat([waiting, bytes]);
    write(socket);
  };
  const lines = Object.entries({ host: "x", ...upgrade }).map(([name, value]) => `${name}: ${value}`);
  send(Buffer.from(`GET / HTTP/1.1\r\n${lines.join("\r\n")}\r\n\r\n`));
  await opened.promise;
  return {
    send: (text: string) => send(encodeFrame("text", text, new Uint8Array(4))),
    end: () => socket.terminate(),
  };
}
