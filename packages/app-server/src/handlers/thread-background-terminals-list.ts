import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";
import { loadedThread } from "../loaded-thread.ts";

/** The cursor is how many came before. */
export const threadBackgroundTerminalsList: Handler<"thread/backgroundTerminals/list"> = async (
  { threadId, cursor, limit },
  { server },
) => {
  const thread = loadedThread(server, threadId);
  if (!thread.ok) return thread;
  const from = cursor ? Number(cursor) : 0;
  if (!Number.isSafeInteger(from) || from < 0) return err(fail("unknownCursor", cursor ?? ""));
  const all = thread.value.terminals.list();
  const end = from + (limit ?? all.length);
  return ok({ data: all.slice(from, end), nextCursor: end < all.length ? String(end) : null });
};
