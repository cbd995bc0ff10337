import { ok } from "@codex/protocol/result";
import { fileFinder } from "../file-search/file-finder.ts";
import { rankPaths } from "../file-search/rank-paths.ts";
import { searchRoots } from "../file-search/search-roots.ts";
import { searchesOf } from "../file-search/searches.ts";
import type { Handler } from "../handler.ts";

/** One query over all that is below the roots now. One that a later one has replaced finds nothing. */
export const fuzzyFileSearch: Handler<"fuzzyFileSearch"> = async (params, { server, connection }) => {
  const { query, roots, cancellationToken } = params;
  const finder = fileFinder(server.engine.host);
  if (!finder.ok) return finder;
  const files = await searchesOf(connection).query(cancellationToken ?? undefined, async (signal) => {
    const listing = searchRoots(roots, finder.value, signal);
    await listing.finished;
    return rankPaths(query, listing.candidates, signal);
  });
  return ok({ files: files ?? [] });
};
