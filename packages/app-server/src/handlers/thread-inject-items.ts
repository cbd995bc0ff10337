import { newId } from "@codex/platform/ids";
import { fail } from "@codex/protocol/errors";
import type { ResponseItem } from "@codex/protocol/responses";
import { err, ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { loadedThread } from "../loaded-thread.ts";
import { readResponseItem } from "../read-response-item.ts";

/** A message gets an id, as every other message of the history has one. */
const withId = (item: ResponseItem): ResponseItem =>
  item.type === "message" && item.id === undefined ? { ...item, id: `msg_${newId()}` } : item;

/** Puts items of the Responses API behind what the model has seen. */
export const threadInjectItems: Handler<"thread/inject_items"> = async ({ threadId, items }, { server }) => {
  const thread = loadedThread(server, threadId);
  if (!thread.ok) return thread;
  if (items.length === 0) return err(fail("emptyItems"));
  const read = items.map(readResponseItem);
  for (const [index, item] of read.entries()) {
    if (!item.ok) return err(fail("refusedParams", `items[${index}] is not a valid response item: ${item.error}`));
  }
  thread.value.inject(read.flatMap((item) => (item.ok ? [withId(item.value)] : [])));
  return ok({});
};
