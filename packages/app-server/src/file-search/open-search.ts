import { sleep } from "@codex/platform/sleep";
import type { FuzzyFileSearchResult } from "@codex/protocol/fuzzy-files";
import { rankPaths } from "./rank-paths.ts";
import { type FileFinder, searchRoots } from "./search-roots.ts";

/** What somebody who types into a search hears. */
export type SearchListener = {
  /** What the query finds so far; once at least for each query that no other has replaced. */
  updated(query: string, files: FuzzyFileSearchResult[]): void;
  /** All files have been looked at. */
  completed(): void;
};

export type FileSearch = {
  /** Searches for this from now on, in the files that were there when the search was opened. */
  update(query: string): void;
  close(): void;
};

/** ms between two looks at what has been found meanwhile, while files are still being listed. */
const pause = 100;

/** Opens a search for many queries: the files are listed once. */
export function openSearch(roots: readonly string[], finder: FileFinder, listener: SearchListener): FileSearch {
  const closing = new AbortController();
  const listing = searchRoots(roots, finder, closing.signal);
  let current = new AbortController();

  const run = async (query: string, signal: AbortSignal): Promise<void> => {
    let told = "";
    for (;;) {
      const { done } = listing;
      const files = await rankPaths(query, listing.candidates, signal);
      if (files === undefined || signal.aborted) return;
      const text = JSON.stringify(files);
      if (done ? told !== text : files.length > 0 && told !== text) listener.updated(query, files);
      told = text;
      if (done) return listener.completed();
      const stop = new AbortController();
      await Promise.race([listing.finished, sleep(pause, AbortSignal.any([stop.signal, signal]))]);
      stop.abort();
    }
  };
  const update = (query: string): void => {
    current.abort();
    current = new AbortController();
    void run(query, current.signal);
  };

  update("");
  return {
    update,
    close() {
      current.abort();
      closing.abort();
    },
  };
}
