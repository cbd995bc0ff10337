import { expect, test } from "bun:test";
import type { Auth } from "@codex/auth/open-auth";
import type { Engine } from "@codex/core/engine";
import { ok } from "@codex/protocol/result";
import { connectInProcess } from "./client.ts";
import { createAppServer } from "./server.ts";

/** A server whose engine only knows a list of no threads. */
const server = () =>
  createAppServer(
    () =>
      ({
        codexHome: "/home",
        userAgent: () => "agent",
        listThreads: async () => ok({ data: [], nextCursor: null }),
        readThread: () => Promise.reject(new Error("a bug")),
        loadedThread: () => undefined,
      }) as unknown as Engine,
    { auth: {} as Auth },
  );

const warning = (message: string) => ({ method: "warning" as const, params: { threadId: null, message } });

test("every notification is read once and in order, whether it came before or while reading", async () => {
  const { subscriptions } = server();
  const client = connectInProcess({ ...server(), subscriptions });
  subscriptions.notify(warning("one"));
  subscriptions.notify(warning("two"));
  const read: string[] = [];
  const reading = (async () => {
    for await (const { params } of client.notifications()) {
      if ("message" in params) read.push(params.message);
      if (read.length === 2) subscriptions.notify(warning("three"));
    }
  })();
  await Bun.sleep(0);
  subscriptions.notify(warning("four"));
  client.close();
  subscriptions.notify(warning("after the end"));
  await reading;
  expect(read).toEqual(["one", "two", "three", "four"]);
});

test("a notification of a thread goes to its subscribers only, and to nobody after they have gone", () => {
  const { subscriptions } = server();
  const heard: string[] = [];
  const connection = {
    id: 1,
    checksParams: true,
    client: undefined,
    optedOut: new Set(["thread/reverted"]),
    experimentalApi: true,
    gone: new AbortController().signal,
    notify: ({ method }: { method: string }) => void heard.push(method),
    ask: () => Promise.reject(new Error("not here")),
  };
  subscriptions.add(connection);
  subscriptions.notify({ method: "warning", params: { threadId: "a", message: "m" } });
  expect(heard).toEqual([]);
  subscriptions.subscribe(connection, "a");
  subscriptions.notify({ method: "warning", params: { threadId: "a", message: "m" } });
  subscriptions.notify({ method: "thread/reverted", params: { threadId: "a" } });
  subscriptions.notify({ method: "warning", params: { threadId: "b", message: "m" } });
  expect(heard).toEqual(["warning"]);
  subscriptions.remove(connection);
  subscriptions.notify({ method: "warning", params: { threadId: "a", message: "m" } });
  subscriptions.notify({ method: "warning", params: { threadId: null, message: "m" } });
  expect(heard).toEqual(["warning"]);
});

test("a bug behind a method is an error with a sentence", async () => {
  const client = connectInProcess(server());
  await client.request("initialize", { clientInfo: { name: "n", version: "1" } });
  expect(await client.request("thread/list", {})).toMatchObject({ ok: true });
  expect(await client.request("thread/read", { threadId: "x" })).toEqual({
    ok: false,
    error: { code: "internal", message: "Something went wrong inside Codex: a bug" },
  });
});
