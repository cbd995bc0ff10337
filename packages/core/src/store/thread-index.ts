import { join } from "node:path";
import { removeFile } from "@codex/platform/remove-file";
import { openDatabase } from "@codex/platform/open-database";
import { isObject, parseJson } from "@codex/protocol/json";
import type { ThreadSummary } from "./thread-summary.ts";

/**
 * What was last read of each file, so that a list need not open thousands. A cache of our own beside the original's
 * databases: it may be deleted at any time, and where it cannot be used every file is read again.
 */
export type ThreadIndex = {
  /** The summary of a file as it was at `changedMs`; "absent" where the file held no session. */
  get(path: string, changedMs: number): ThreadSummary | "absent" | undefined;
  /** The same file's `recencyMs` alone, which is cheaper for all files at once. */
  recencyOf(path: string, changedMs: number): number | undefined;
  put(rows: readonly { path: string; changedMs: number; summary: ThreadSummary | undefined }[]): void;
  forget(threadId: string): void;
  /** Forgets files that are gone. */
  keepOnly(paths: ReadonlySet<string>): void;
  close(): void;
};

export async function openThreadIndex(codexHome: string): Promise<ThreadIndex> {
  const path = join(codexHome, "codex-ts-index.sqlite");
  const database = (await openTable(path)) ?? (await remade(path));
  if (database === undefined) return noIndex;
  const select = database.query<Row, [string]>("SELECT changed_ms, summary FROM rollouts WHERE path = ?");
  const insert = database.prepare(
    "INSERT OR REPLACE INTO rollouts (path, changed_ms, recency_ms, summary) VALUES (?, ?, ?, ?)",
  );
  const times = database.query<Times, []>("SELECT path, changed_ms, recency_ms FROM rollouts");
  let recencies: Map<string, Times> | undefined;
  const remove = database.prepare("DELETE FROM rollouts WHERE path = ?");
  const forget = database.prepare("DELETE FROM rollouts WHERE path LIKE ?");
  const removeAll = (paths: Iterable<string>): void => {
    for (const each of paths) remove.run(each);
  };
  const paths = database.query<{ path: string }, []>("SELECT path FROM rollouts");
  return {
    get(path, changedMs) {
      const row = attempt(() => select.get(path));
      return row?.changed_ms === changedMs ? summaryOf(row.summary) : undefined;
    },
    recencyOf(path, changedMs) {
      recencies ??= new Map((attempt(() => times.all()) ?? []).map((row) => [row.path, row]));
      const row = recencies.get(path);
      return row?.changed_ms === changedMs ? row.recency_ms : undefined;
    },
    put: (rows) =>
      attempt(
        database.transaction(() => {
          for (const { path, changedMs, summary } of rows) {
            insert.run(path, changedMs, summary?.recencyMs ?? 0, JSON.stringify(summary ?? null));
          }
        }),
      ),
    forget: (threadId) => attempt(() => forget.run(`%${threadId}%`)),
    keepOnly: (kept) =>
      attempt(
        database.transaction(() =>
          removeAll(
            paths
              .all()
              .map(({ path }) => path)
              .filter((path) => !kept.has(path)),
          ),
        ),
      ),
    close: () =>
      attempt(() => {
        for (const statement of [select, insert, remove, forget, paths, times]) statement.finalize();
        database.close();
      }),
  };
}

type Times = { path: string; changed_ms: number; recency_ms: number };
type Row = { changed_ms: number; summary: string };

/** A damaged or foreign file is removed and made anew, once. */
function remade(path: string) {
  for (const suffix of ["", "-journal"]) removeFile(path + suffix);
  return openTable(path);
}

/** `files` is the table of an earlier shape. */
const openTable = (path: string) =>
  openDatabase(path, (fresh) => {
    fresh.run("DROP TABLE IF EXISTS files");
    fresh.run(
      "CREATE TABLE IF NOT EXISTS rollouts (path TEXT PRIMARY KEY, changed_ms REAL NOT NULL, recency_ms REAL NOT NULL, summary TEXT NOT NULL)",
    );
  });

function summaryOf(json: string): ThreadSummary | "absent" | undefined {
  const value = parseJson(json);
  if (value === null) return "absent";
  return isObject(value) && typeof value["id"] === "string" ? (value as ThreadSummary) : undefined;
}

const noIndex: ThreadIndex = {
  get: () => undefined,
  recencyOf: () => undefined,
  put: () => {},
  forget: () => {},
  keepOnly: () => {},
  close: () => {},
};

/** Whatever goes wrong with a cache is no news: the next list reads the files. */
function attempt<T>(act: () => T): T | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
