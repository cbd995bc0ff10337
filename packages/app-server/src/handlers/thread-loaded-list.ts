import { isUuid } from "@codex/platform/ids";
import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import type { Handler } from "../handler.ts";

/** A cursor is the id of the last thread told. */
export const threadLoadedList: Handler<"thread/loaded/list"> = async ({ cursor, limit }, { server }) => {
  if (cursor && !isUuid(cursor)) return err(fail("unknownCursor", cursor));
  const ids = server.engine.loadedThreads().map(({ id }) => id);
  const left = cursor ? ids.filter((id) => id > cursor) : ids;
  const data = left.slice(0, Math.max(limit ?? left.length, 1));
  return ok({ data, nextCursor: data.length < left.length ? (data.at(-1) ?? null) : null });
};
