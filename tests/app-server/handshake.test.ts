import { expect, test } from "bun:test";
import { model, workspace } from "@codex/scripted-model/testing";
import { startServer } from "../support/in-process.ts";

const hello = { clientInfo: { name: "probe", version: "1.2" } };

async function emptyServer() {
  const ws = await workspace();
  const server = await model.plays([]);
  const running = await startServer({ server, ws });
  return {
    ...running,
    ws,
    [Symbol.asyncDispose]: async () => {
      await running.close();
      await server.close();
      await ws[Symbol.asyncDispose]();
    },
  };
}

test("nothing but initialize is answered before it, and it is answered once", async () => {
  await using server = await emptyServer();
  const client = server.strange();

  expect(await client.refused("thread/list", {})).toEqual({ code: "notInitialized", message: "Not initialized" });
  const result = await client.ask("initialize", hello);
  expect(result).toEqual({
    userAgent: expect.stringMatching(/^probe\/0\.169\.0 \(.+\) .+ \(probe; 1\.2\)$/),
    codexHome: server.ws.codexHome,
    platformFamily: "unix",
    platformOs: "linux",
  });
  expect(await client.refused("initialize", hello)).toEqual({
    code: "alreadyInitialized",
    message: "Already initialized",
  });
  expect((await client.ask("thread/list", {})).data).toEqual([]);
});

test("a name that no header can carry is refused, and the client may try again", async () => {
  await using server = await emptyServer();
  const client = server.strange();

  const refused = await client.refused("initialize", { clientInfo: { name: "bad\nname", version: "1" } });
  expect(refused.message).toBe("Invalid clientInfo.name: 'bad\nname'. Must be a valid HTTP header value.");
  await client.ask("initialize", hello);
});

test("params are checked by name and type, and what is unknown in them is ignored", async () => {
  await using server = await emptyServer();
  const stranger = server.strange();
  expect((await stranger.refused("initialize", {})).message).toBe("Invalid request: missing field `clientInfo`");

  const client = await server.connect();
  const messages = await Promise.all([
    client.refused("thread/read", undefined),
    client.refused("thread/read", {}),
    client.refused("thread/read", { threadId: 5 }),
    client.refused("thread/start", { approvalPolicy: "on-failure" }),
    client.refused("turn/start", { threadId: "x" }),
    client.refused("no/such", {}),
    client.refused("toString", {}),
  ]);
  expect(messages.map((error) => error.message)).toEqual([
    "Invalid request: missing field `params`",
    "Invalid request: missing field `threadId`",
    "Invalid request: invalid type: integer `5`, expected a string",
    "Invalid request: unknown variant `on-failure`, expected one of `untrusted`, `on-request`, `granular`, `never`",
    "Invalid request: missing field `input`",
    "Invalid request: unknown variant `no/such`",
    "Invalid request: unknown variant `toString`",
  ]);
  expect(await client.send("thread/list", { soon: true, limit: null })).toMatchObject({ ok: true });
});

test("ids that are none, unknown, or of a thread that is not loaded are told apart", async () => {
  await using server = await emptyServer();
  const client = await server.connect();
  const unknown = "01a1fc61-0000-7000-8000-000000000000";

  for (const method of ["thread/read", "thread/resume", "thread/fork"]) {
    expect(await client.refused(method, { threadId: "nope" })).toMatchObject({ code: "invalidThreadId" });
    const refused = await client.refused(method, { threadId: unknown });
    const told =
      method === "thread/read" ? `thread not loaded: ${unknown}` : `no rollout found for thread id ${unknown}`;
    expect(refused.message).toBe(told);
  }
  const input = [{ type: "text", text: "hi" }];
  expect(await client.refused("turn/start", { threadId: unknown, input })).toMatchObject({ code: "threadNotLoaded" });
  expect(await client.refused("turn/interrupt", { threadId: unknown, turnId: "t" })).toMatchObject({
    code: "threadNotLoaded",
  });
});
