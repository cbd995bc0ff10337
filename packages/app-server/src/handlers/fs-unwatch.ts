import { ok } from "@codex/protocol/result";
import { watchesOf } from "../files/watches.ts";
import type { Handler } from "../handler.ts";

export const fsUnwatch: Handler<"fs/unwatch"> = async ({ watchId }, { connection }) => {
  watchesOf(connection).end(watchId);
  return ok({});
};
