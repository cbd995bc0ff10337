// The app server under load: many threads at once, a client that does not listen to a turn, and frames that are no messages.
import { expect, test } from "bun:test";
import { connect } from "node:net";
import { model, workspace } from "@codex/scripted-model/testing";
import { encodeFrame } from "../packages/app-server/src/transports/encode-frame.ts";
import type { Script } from "../packages/scripted-model/src/script.ts";
import { within } from "../packages/scripted-model/src/within.ts";
import { seededRandom } from "./seeded-random.test-support.ts";
import { socketServer, type SocketServer, stdioServer } from "./support/app-server-process.ts";

const free = 'approval_policy = "never"\nsandbox_mode = "danger-full-access"\n';

async function place(script: Script) {
  const ws = await workspace();
  const server = await model.plays(script, { check: false });
  const close = async () => {
    await server.close();
    await ws[Symbol.asyncDispose]();
  };
  return { ws, server, [Symbol.asyncDispose]: close };
}

const peakMegabytes = async (pid: number): Promise<number> =>
  Number(/VmHWM:\s+(\d+)/.exec(await Bun.file(`/proc/${pid}/status`).text())?.[1]) / 1024;

test("a hundred threads, each with a turn and a command in it, all at once", async () => {
  await using at = await place((request) =>
    request.outputs().length === 0
      ? model.exec(`echo ${request.texts("user").at(-1)}`)
      : model.says(request.lastOutput()),
  );
  await using app = await stdioServer({ ...at, config: free });
  await app.hello();
  const starts = await Promise.all(Array.from({ length: 100 }, () => app.must("thread/start", {})));
  const ids = starts.map(({ thread }) => (thread as { id: string }).id);
  await Promise.all(
    ids.map((threadId) => app.must("turn/start", { threadId, input: [{ type: "text", text: `of ${threadId}` }] })),
  );
  const ends = await Promise.all(ids.map((id) => app.untilMethod("turn/completed", ({ threadId }) => threadId === id)));
  const said = ends.map(({ params }) => {
    const { threadId, turn } = params as { threadId: string; turn: { status: string; items: { text: string }[] } };
    return [threadId, turn.status, turn.items[0]?.text.includes(`of ${threadId}`)];
  });
  expect(said).toEqual(ids.map((id) => [id, "completed", true]));
}, 30_000);

test("a client that does not listen costs no more than its share, holds up nobody, and loses its line in the end", async () => {
  await using at = await place((request) => model.says(`${request.index}`.padEnd(4_000_000, "x"), { deltas: 400 }));
  await using app = await socketServer({ ...at, config: free });
  const client = await app.connect("quick");
  const deaf = await rawUpgrade(app);
  deaf.pause();
  const lost = new Promise<void>((resolve) => void deaf.once("close", () => resolve()));
  const say = (id: number, method: string, params: object) =>
    deaf.write(encodeFrame("text", JSON.stringify({ id, method, params }), new Uint8Array(4)));
  say(0, "initialize", { clientInfo: { name: "deaf", version: "1" } });
  const threads: string[] = [];
  for (let id = 1; id <= 8; id++) {
    const { thread } = (await client.must("thread/start", {})) as { thread: { id: string } };
    say(id, "thread/resume", { threadId: thread.id });
    // All who hear of a thread are told this when somebody resumes it.
    await client.untilMethod("thread/goal/cleared", ({ threadId }) => threadId === thread.id);
    threads.push(thread.id);
  }
  // A turn tells its text three times: 96 MB in all, more than is kept for a client.
  for (const id of threads) {
    await client.must("turn/start", { threadId: id, input: [{ type: "text", text: "go" }] });
    const end = await client.untilMethod("turn/completed", ({ threadId }) => threadId === id);
    expect(end["params"]).toMatchObject({ turn: { status: "completed" } });
  }
  // Most of it is of the turns themselves.
  expect(await peakMegabytes(app.pid)).toBeLessThan(600);
  deaf.resume();
  await within(5000, lost, "The line to the client that does not listen is still there.");
}, 30_000);

test("frames that are binary, broken or random end no more than their own connection", async () => {
  await using at = await place([]);
  await using app = await socketServer({ ...at, config: free });
  const client = await app.connect();
  const next = seededRandom(20260815);
  const random = (below: number) => Math.floor(next() * below);
  for (let round = 0; round < 60; round++) {
    const socket = await rawUpgrade(app);
    const bytes = Buffer.from(Array.from({ length: 1 + random(200) }, () => random(256)));
    // Half of them begin as a good frame does: a text, binary, ping or close of some length.
    if (round % 2 === 0) bytes[0] = [0x81, 0x82, 0x89, 0x88][random(4)] ?? 0;
    socket.end(bytes);
  }
  expect((await client.ask("thread/loaded/list", {}))["result"]).toMatchObject({ data: [] });
  expect(app.stderr()).not.toMatch(/\bat .*\.(ts|js):\d+|bunfs|TypeError|undefined is not/);
});

/** A WebSocket by hand, once the server has agreed to it. */
async function rawUpgrade({ url }: SocketServer) {
  const { hostname, port } = new URL(url);
  const socket = connect(Number(port), hostname);
  socket.on("error", () => {});
  socket.write(
    `GET / HTTP/1.1\r\nHost: ${hostname}:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
      `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: ${btoa("0123456789abcdef")}\r\n\r\n`,
  );
  await within(5000, new Promise<void>((resolve) => void socket.once("data", () => resolve())), "No upgrade came.");
  return socket;
}
