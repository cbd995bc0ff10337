// `codex app-server` on standard input and output: exactly one answer to each request, whatever is sent.
import { expect, test } from "bun:test";
import { codex, model, workspace } from "@codex/scripted-model/testing";
import { leftProcesses } from "./processes.test-support.ts";
import { seededRandom } from "./seeded-random.test-support.ts";
import { stdioServer, type StdioServer } from "./support/app-server-process.ts";

type Model = Awaited<ReturnType<typeof model.plays>>;
type Place = AsyncDisposable & {
  readonly app: StdioServer;
  readonly ws: Awaited<ReturnType<typeof workspace>>;
  readonly server: Model;
};

async function start(script: Parameters<typeof model.plays>[0] = [], config = ""): Promise<Place> {
  const ws = await workspace();
  const server = await model.plays(script);
  const app = await stdioServer({ server, ws, config: `sandbox_mode = "danger-full-access"\n${config}` });
  return {
    app,
    ws,
    server,
    [Symbol.asyncDispose]: async () => {
      await app[Symbol.asyncDispose]();
      await server.close();
      await ws[Symbol.asyncDispose]();
    },
  };
}

const methods = (app: StdioServer) =>
  app.heard.map((message) => message["method"] ?? `answer ${String(message["id"])}`);
const errorsWithoutId = (app: StdioServer) =>
  app.heard.flatMap(({ id, error }) => (id === null ? [(error as { code: number }).code] : []));
const answers = (app: StdioServer) => app.heard.filter((message) => !("method" in message));

test("a turn: the answer comes before what it causes, every notification has a time, and the end of input is the end", async () => {
  await using place = await start([model.says("Hello there.")]);
  const { app } = place;
  const hello = await app.hello("editor");
  expect(hello["result"]).toMatchObject({
    userAgent: expect.stringMatching(/^editor\/0\.169\.0 \(.+\) \S+ \(editor; 1\)$/),
    codexHome: place.ws.codexHome,
    platformFamily: "unix",
  });
  const { thread } = (await app.must("thread/start", {})) as { thread: { id: string; originator: string } };
  expect(thread.originator).toBe("editor");
  const turn = await app.ask("turn/start", { threadId: thread.id, input: [{ type: "text", text: "hi" }] });
  const done = await app.untilMethod("turn/completed");
  expect(done["params"]).toMatchObject({ threadId: thread.id, turn: { status: "completed" } });

  const order = methods(app);
  expect(order.slice(0, 5)).toEqual([
    `answer ${String(hello["id"])}`,
    "remoteControl/status/changed",
    "answer ask-2",
    "thread/started",
    `answer ${String(turn["id"])}`,
  ]);
  for (const message of app.heard)
    expect(typeof message["emittedAtMs"]).toBe("method" in message ? "number" : "undefined");

  await app.end();
  expect(await app.exited).toBe(0);
  expect(app.stderr()).toBe("");
});

test("what is no message gets an error and changes nothing; an empty line is none", async () => {
  await using place = await start();
  const { app } = place;
  await app.raw(
    'nonsense\n\n\r\n[{"id":1,"method":"x"}]\n"text"\n{}\n{"id":1.5,"method":"x"}\n{"id":null,"method":"x"}\n',
  );
  await app.raw('{"id":7,"params":{}}\n{"id":"a","method":5}\n{"method":"no/such"}\n{"id":99,"result":{}}\n');
  await app.raw(new Uint8Array([0xff, 0xfe, 0x00, 0x80, 0x0a]));
  await app.raw('{"jsonrpc":"2.0","id":"x","method":"thread/list","params":{}}\r\n');
  await app.until((message) => message["id"] === "x");
  expect(errorsWithoutId(app)).toEqual([-32700, -32600, -32600, -32600, -32600, -32600, -32700]);
  expect(
    app.heard.flatMap(({ id, error }) => (id === null ? [] : [[id, (error as { message: string }).message]])),
  ).toEqual([
    [7, "Invalid request: neither a method nor an answer"],
    ["a", "Invalid request: neither a method nor an answer"],
    ["x", "Not initialized"],
  ]);
  // In the middle of a letter, and in pieces.
  const line = Buffer.from(
    `${JSON.stringify({ id: "ü€😀", method: "initialize", params: { clientInfo: { name: "ü", version: "1" } } })}\n`,
  );
  for (const byte of line) await app.raw(new Uint8Array([byte]));
  const hello = await app.until((message) => message["id"] === "ü€😀");
  expect(hello["result"]).toMatchObject({ userAgent: expect.stringContaining("(_; 1)") });
  expect((await app.ask("no/such", {}))["error"]).toMatchObject({
    code: -32600,
    message: "Invalid request: unknown variant `no/such`",
    data: { code: "invalidRequest" },
  });
});

test("20,000 requests at once are all answered, once each and in order where they are about one thing", async () => {
  await using place = await start();
  const { app } = place;
  await app.hello();
  const count = 20_000;
  const requests = Array.from({ length: count }, (_, i) => ({
    id: i,
    method: i % 2 === 0 ? "thread/read" : "thread/loaded/list",
    params: i % 2 === 0 ? { threadId: "no-such-thread" } : {},
  }));
  await app.raw(requests.map((request) => `${JSON.stringify(request)}\n`).join(""));
  let answered = 0;
  await app.until((message) => !("method" in message) && ++answered > count);
  const ids = answers(app).flatMap(({ id }) => (typeof id === "number" ? [id] : []));
  expect(new Set(ids).size).toBe(count);
  expect(ids.length).toBe(count);
  const ofThread = ids.filter((id) => id % 2 === 0);
  expect(ofThread).toEqual(ofThread.toSorted((a, b) => a - b));
});

test("a line of 64 MiB and one beyond are read or passed over, in bounded memory", async () => {
  await using place = await start();
  const { app } = place;
  const piece = Buffer.alloc(1024 * 1024, "a");
  for (let i = 0; i < 64; i++) await app.raw(piece);
  await app.raw("\n");
  await app.until(() => app.heard.length === 1);
  for (let i = 0; i < 200; i++) await app.raw(piece);
  await app.raw("\n");
  await app.hello();
  expect(app.heard.slice(0, 2).map(({ error }) => (error as { message: string }).message)).toEqual([
    "Parse error: the message is no JSON",
    "Parse error: the message is longer than 67108864 bytes",
  ]);
  const peak = Number(/VmHWM:\s+(\d+)/.exec(await Bun.file(`/proc/${app.pid}/status`).text())?.[1]) / 1024;
  expect(peak).toBeLessThan(450);
});

test("random bytes and mangled messages never end the process nor show its insides", async () => {
  await using place = await start();
  const { app } = place;
  await app.hello();
  const next = seededRandom(20260801);
  const random = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  const seeds = [
    '{"id":1,"method":"thread/start","params":{"cwd":"/","config":{"a":[1,2,{"b":null}]}}}',
    '{"id":2,"method":"turn/start","params":{"threadId":"x","input":[{"type":"text","text":"hi"}]}}',
    '{"id":3,"method":"thread/list","params":{"limit":1,"cwd":["/"],"cursor":null}}',
    '{"id":4,"result":{"decision":"accept"}}',
  ];
  for (let i = 0; i < 400; i++) {
    const seed = Buffer.from(seeds[i % seeds.length] ?? "");
    for (let times = random(1, 6); times > 0; times--) seed[random(0, seed.byteLength - 1)] = random(0, 255);
    await app.raw(seed);
    await app.raw("\n");
    if (i % 10 === 0) await app.raw(Buffer.from(Array.from({ length: random(1, 300) }, () => random(0, 255))));
  }
  await app.raw(`\n${"[".repeat(100_000)}\n`);
  await app.raw(`{"id":5,"method":"thread/list","params":${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}}\n`);
  const last = await app.ask("thread/loaded/list", {});
  expect(last["id"]).toBeDefined();
  const said = JSON.stringify(app.heard) + app.stderr();
  expect(said).not.toMatch(/\bat .*\.(ts|js):\d+|bunfs|node_modules|TypeError|undefined is not/);
});

test("the end of input in the middle of a turn ends its command, and the history says that it was interrupted", async () => {
  await using place = await start([model.exec("echo $$; sleep 600"), model.says("never")]);
  const { app, ws } = place;
  await app.hello();
  const { thread } = (await app.must("thread/start", {})) as { thread: { id: string; path: string } };
  await app.must("turn/start", { threadId: thread.id, input: [{ type: "text", text: "go" }] });
  await app.untilMethod("item/commandExecution/outputDelta");
  await app.end();
  expect(await app.exited).toBe(0);
  expect(await leftProcesses(ws.root)).toEqual([]);
  expect(await Bun.file(thread.path).text()).toContain("turn_aborted");
  expect(app.heard.at(-1)).toMatchObject({ method: "turn/completed", params: { turn: { status: "interrupted" } } });
});

test("SIGTERM does the same", async () => {
  await using place = await start([model.exec("echo $$; sleep 600"), model.says("never")]);
  const { app, ws } = place;
  await app.hello();
  const { thread } = (await app.must("thread/start", {})) as { thread: { id: string; path: string } };
  await app.must("turn/start", { threadId: thread.id, input: [{ type: "text", text: "go" }] });
  await app.untilMethod("item/commandExecution/outputDelta");
  app.kill("SIGTERM");
  expect(await app.exited).toBe(0);
  expect(await leftProcesses(ws.root)).toEqual([]);
  expect(await Bun.file(thread.path).text()).toContain("turn_aborted");
});

test("what was asked before the end of input is answered", async () => {
  await using place = await start();
  const { app } = place;
  await app.raw(
    `${JSON.stringify({ id: 1, method: "initialize", params: { clientInfo: { name: "n", version: "1" } } })}\n` +
      `${JSON.stringify({ id: 2, method: "thread/start", params: {} })}\n${JSON.stringify({ id: 3, method: "thread/list", params: {} })}`,
  );
  await app.end();
  expect(await app.exited).toBe(0);
  expect(answers(app).map(({ id, result }) => [id, result !== undefined])).toEqual(
    expect.arrayContaining([
      [1, true],
      [2, true],
      [3, true],
    ]),
  );
});

test("experimental parts and notifications that are not wanted need, or have, the client's word", async () => {
  await using place = await start([model.says("one"), model.says("two")]);
  const { app } = place;
  const clientInfo = { name: "plain", version: "1" };
  const capabilities = { optOutNotificationMethods: ["thread/started", "no/such"] };
  await app.must("initialize", { clientInfo, capabilities });
  expect((await app.ask("initialize", { clientInfo }))["error"]).toMatchObject({ message: "Already initialized" });
  const refusals = await Promise.all([
    app.ask("thread/start", { dynamicTools: [] }),
    app.ask("process/spawn", { command: ["true"], processHandle: "a", cwd: "/" }),
    app.ask("thread/start", {
      approvalPolicy: {
        granular: {
          sandbox_approval: true,
          rules: true,
          skill_approval: true,
          request_permissions: true,
          mcp_elicitations: true,
        },
      },
    }),
  ]);
  expect(refusals.map(({ error }) => (error as { message: string }).message)).toEqual([
    "thread/start.dynamicTools requires experimentalApi capability",
    "process/spawn requires experimentalApi capability",
    "askForApproval.granular requires experimentalApi capability",
  ]);
  await app.must("thread/start", {});
  await app.must("thread/loaded/list", {});
  expect(methods(app)).not.toContain("thread/started");
});

test("a config that cannot be read is told to the client, which may still talk to the server", async () => {
  await using place = await start([], "model = ");
  const { app, ws } = place;
  await app.hello();
  const warning = await app.untilMethod("configWarning");
  const file = `${ws.codexHome}/config.toml`;
  expect(warning["params"]).toMatchObject({ summary: "Invalid configuration; using defaults.", path: file });
  const refused = await app.ask("thread/start", {});
  expect(refused["error"]).toMatchObject({
    code: -32600,
    message: expect.stringContaining(`failed to load configuration: ${file}:`),
  });
  expect(app.stderr()).toStartWith("Invalid configuration; using defaults. ");
});

test("codex debug app-server send-message-v2 prints a whole conversation as it goes over a wire", async () => {
  await using ws = await workspace();
  const server = await model.plays([model.says("Hello.")]);
  const run = await codex.exec({ server, ws, subcommand: ["debug", "app-server", "send-message-v2"], args: ["hi"] });
  await server.close();
  expect([run.exitCode, run.stderr]).toEqual([0, ""]);
  const messages = run.stdout.split(/^(?=[<>] \{)/m).map((text) => JSON.parse(text.replaceAll(/^[<>] /gm, "")));
  const methods = messages.map((message: { method?: string }) => message.method ?? "answer");
  expect(methods.filter((method) => /^(initialize|thread\/start|turn\/(start|completed))$/.test(method))).toEqual([
    "initialize",
    "thread/start",
    "turn/start",
    "turn/completed",
  ]);
});
