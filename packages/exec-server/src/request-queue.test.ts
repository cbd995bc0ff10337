import { expect, test } from "bun:test";
import type { Order } from "./method.ts";
import { requestQueue } from "./request-queue.ts";

const read: Order = { type: "files", access: "read" };
const write: Order = { type: "files", access: "write" };
const starts: Order = { type: "process", role: "starts" };
const inOrder: Order = { type: "process", role: "inOrder" };
const afterStart: Order = { type: "process", role: "afterStart" };
const none: Order = { type: "none" };

/** Requests that begin when they may and end when they are told to. */
function board(most: number) {
  const queue = requestQueue(most);
  const running = new Map<string, () => void>();
  return {
    ask: (name: string, order: Order, id?: string) =>
      void queue.run(order, id, () => new Promise((resolve) => void running.set(name, resolve))),
    async running() {
      // As many rounds as any chain of promises here has.
      for (let round = 0; round < 20; round++) await Promise.resolve();
      return [...running.keys()].sort();
    },
    end(name: string) {
      running.get(name)?.();
      running.delete(name);
    },
  };
}

test("files: reading overlaps, writing does not, and nothing overtakes a write", async () => {
  const files = board(9);
  for (const [name, order] of [
    ["a", read],
    ["b", read],
    ["c", write],
    ["d", read],
    ["e", write],
  ] as const)
    files.ask(name, order);
  expect(await files.running()).toEqual(["a", "b"]);
  files.end("a");
  expect(await files.running()).toEqual(["b"]);
  files.end("b");
  expect(await files.running()).toEqual(["c"]);
  files.end("c");
  expect(await files.running()).toEqual(["d"]);
  files.end("d");
  expect(await files.running()).toEqual(["e"]);
});

test("a process: all wait for its start, its writes for each other, and other processes for nothing", async () => {
  const requests = board(9);
  requests.ask("start", starts, "p");
  requests.ask("write1", inOrder, "p");
  requests.ask("write2", inOrder, "p");
  requests.ask("end", afterStart, "p");
  requests.ask("other", starts, "q");
  requests.ask("http", none);
  expect(await requests.running()).toEqual(["http", "other", "start"]);
  requests.end("start");
  expect(await requests.running()).toEqual(["end", "http", "other", "write1"]);
  requests.end("write1");
  expect(await requests.running()).toEqual(["end", "http", "other", "write2"]);
});

test("one at a time: each waits for the one before", async () => {
  const requests = board(1);
  requests.ask("a", none);
  requests.ask("b", write);
  requests.ask("c", none);
  expect(await requests.running()).toEqual(["a"]);
  requests.end("a");
  expect(await requests.running()).toEqual(["b"]);
  requests.end("b");
  expect(await requests.running()).toEqual(["c"]);
});
