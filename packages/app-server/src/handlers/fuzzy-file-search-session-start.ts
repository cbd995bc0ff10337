import { fail } from "@codex/protocol/errors";
import { err, ok } from "@codex/protocol/result";
import { fileFinder } from "../file-search/file-finder.ts";
import { openSearch } from "../file-search/open-search.ts";
import { searchesOf } from "../file-search/searches.ts";
import type { Handler } from "../handler.ts";

/** Lists what is below the roots once, for the queries to come. */
export const fuzzyFileSearchSessionStart: Handler<"fuzzyFileSearch/sessionStart"> = async (
  { sessionId, roots },
  { server, connection },
) => {
  if (sessionId === "") return err(fail("refusedParams", "sessionId must not be empty"));
  if (roots.length === 0) return err(fail("searchNotStarted", "at least one search directory is required"));
  const finder = fileFinder(server.engine.host);
  if (!finder.ok) return finder;
  const { subscriptions } = server;
  const search = openSearch(roots, finder.value, {
    updated: (query, files) =>
      subscriptions.tell(connection, {
        method: "fuzzyFileSearch/sessionUpdated",
        params: { sessionId, query, files },
      }),
    completed: () =>
      subscriptions.tell(connection, { method: "fuzzyFileSearch/sessionCompleted", params: { sessionId } }),
  });
  searchesOf(connection).keep(sessionId, search);
  return ok({});
};
