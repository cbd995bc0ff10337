import { ok } from "@codex/protocol/result";
import { searchesOf } from "../file-search/searches.ts";
import type { Handler } from "../handler.ts";

export const fuzzyFileSearchSessionStop: Handler<"fuzzyFileSearch/sessionStop"> = async (
  { sessionId },
  { connection },
) => {
  searchesOf(connection).stop(sessionId);
  return ok({});
};
