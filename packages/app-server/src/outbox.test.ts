import { expect, test } from "bun:test";
import { ok } from "@codex/protocol/result";
import type { ServerNotification } from "@codex/protocol/notifications";
import { newThreads, openOutbox } from "./outbox.ts";

function recorded() {
  const sent: string[] = [];
  const outbox = openOutbox((text) => {
    const message = JSON.parse(text) as { method?: string; id?: unknown; params?: { threadId?: string } };
    sent.push(
      message.method ? `${message.method} ${message.params?.threadId ?? ""}`.trim() : `answer ${String(message.id)}`,
    );
  });
  return { sent, outbox };
}

const closed = (threadId: string): ServerNotification => ({ method: "thread/closed", params: { threadId } });
const started = (id: string) => ({ method: "thread/started", params: { thread: { id } } }) as ServerNotification;

test("what is told of a thread waits for the answer, what is told of others does not", () => {
  const { sent, outbox } = recorded();
  const first = outbox.hold("a");
  const second = outbox.hold("a");
  outbox.notify(closed("a"));
  outbox.notify(closed("b"));
  outbox.answer(1, ok({}));
  first();
  outbox.notify(closed("a"));
  outbox.answer(2, ok({}));
  second();
  second();
  outbox.notify(closed("a"));
  expect(sent).toEqual([
    "thread/closed b",
    "answer 1",
    "answer 2",
    "thread/closed a",
    "thread/closed a",
    "thread/closed a",
  ]);
});

test("a thread that is new is not told of before the answer that names it", () => {
  const { sent, outbox } = recorded();
  const release = outbox.hold(newThreads);
  outbox.notify(closed("old"));
  outbox.notify(started("new"));
  outbox.notify(closed("new"));
  outbox.answer(1, ok({}));
  release();
  expect(sent).toEqual(["thread/closed old", "answer 1", "thread/started", "thread/closed new"]);
});

test("a result that is no JSON still gets the client an answer", () => {
  const { sent, outbox } = recorded();
  outbox.answer(1, ok({ count: 1n }));
  expect(sent).toEqual(["answer 1"]);
});
