import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import { searchesOf } from "../file-search/searches.ts";
import type { Handler } from "../handler.ts";

export const fuzzyFileSearchSessionUpdate: Handler<"fuzzyFileSearch/sessionUpdate"> = async (
  { sessionId, query },
  { connection },
) => {
  const session = searchesOf(connection).session(sessionId);
  if (!session) return err(fail("unknownSearch", sessionId));
  session.update(query);
  return ok({});
};
