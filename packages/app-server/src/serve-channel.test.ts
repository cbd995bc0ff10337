import { expect, test } from "bun:test";
import type { Auth } from "@codex/auth/open-auth";
import type { Engine } from "@codex/core/engine";
import type { Connection as Line } from "@codex/platform/tcp";
import { ok } from "@codex/protocol/result";
import { serveChannel } from "./serve-channel.ts";
import { createAppServer } from "./server.ts";
import { readFrames } from "./transports/read-frames.ts";
import { webSocketChannel } from "./transports/websocket-channel.ts";
import { encodeFrame } from "./transports/encode-frame.ts";

const mask = new Uint8Array(4);
const request = (id: number, method: string, params: unknown) =>
  Uint8Array.from(encodeFrame("text", JSON.stringify({ id, method, params }), mask));

test("a client that does not take what it is told is sent away with a word, and does not wait for itself", async () => {
  const server = createAppServer(() => ({ codexHome: "/home", userAgent: () => "agent" }) as unknown as Engine, {
    auth: {} as Auth,
  });
  const hello = request(1, "initialize", { clientInfo: { name: "n", version: "1" } });
  const greeted = Promise.withResolvers<void>();
  const reads = Promise.withResolvers<void>();
  const written: Uint8Array[] = [];
  const gone = Promise.withResolvers<void>();
  const incoming = [hello];
  const line: Line = {
    read: async () => incoming.shift() ?? gone.promise.then(() => undefined),
    async write(bytes) {
      written.push(Uint8Array.from(bytes));
      greeted.resolve();
      await reads.promise;
      return true;
    },
    end: () => {},
    destroy: () => gone.resolve(),
    gone: gone.promise,
  };
  const serving = serveChannel(server, webSocketChannel(line, new Uint8Array(), "server"));
  await greeted.promise;
  const message = "m".repeat(1024 * 1024);
  for (let i = 0; i < 80; i++) server.subscriptions.notify({ method: "warning", params: { threadId: null, message } });
  reads.resolve();
  await serving;
  const frames = [];
  const source = { read: async () => written.shift() };
  for await (const frame of readFrames(source, { masked: false, longest: 1e9 })) frames.push(frame.type);
  expect(frames).toEqual(["text", "close"]);
});

test("requests about one thread are answered in order, others do not wait", async () => {
  const slow = Promise.withResolvers<void>();
  const named: string[] = [];
  const server = createAppServer(
    () =>
      ({
        codexHome: "/home",
        userAgent: () => "agent",
        nameThread: async ({ threadId, name }: { threadId: string; name: string }) => {
          if (name === "slow") await slow.promise;
          named.push(`${threadId} ${name}`);
          if (name === "other") slow.resolve();
          return ok(undefined);
        },
      }) as unknown as Engine,
    { auth: {} as Auth },
  );
  const sent: unknown[] = [];
  const name = (id: number, threadId: string, text: string) =>
    ({
      type: "text",
      text: JSON.stringify({ id, method: "thread/name/set", params: { threadId, name: text } }),
    }) as const;
  await serveChannel(server, {
    incoming: (async function* () {
      const hello = { id: 0, method: "initialize", params: { clientInfo: { name: "n", version: "1" } } };
      yield { type: "text", text: JSON.stringify(hello) } as const;
      yield name(1, "a", "slow");
      yield name(2, "a", "second");
      yield name(3, "b", "other");
    })(),
    send: (text) => {
      const message = JSON.parse(text) as { id?: number; method?: string };
      if (message.method === undefined) sent.push(message.id);
    },
    waiting: 0,
    below: () => Promise.resolve(),
    gone: new AbortController().signal,
    close: () => Promise.resolve(),
  });
  expect(named).toEqual(["b other", "a slow", "a second"]);
  expect(sent).toEqual([0, 3, 1, 2]);
});
