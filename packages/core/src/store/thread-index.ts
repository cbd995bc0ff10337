import { join } from "node:path";
import { removeFile } from "@codex/platform/list-folder";
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
  put(rows: readonly { path: string; changedMs: number; summary: ThreadSummary | undefined }[]): void;
  /** Forgets files that are gone. */
  keepOnly(paths: ReadonlySet<string>): void;
  close(): void;
};

export async function openThreadIndex(codexHome: string): Promise<ThreadIndex> {
  const path = join(codexHome, "codex-ts-index.sqlite");
  const opened = await openOrRemake(path);
  if (opened === undefined) return noIndex;
  const { database, rows } = opened;
  const insert = database.prepare("INSERT OR REPLACE INTO files (path, changed_ms, summary) VALUES (?, ?, ?)");
  const remove = database.prepare("DELETE FROM files WHERE path = ?");
  return {
    get(path, changedMs) {
      const row = rows.get(path);
      return row?.changed_ms === changedMs ? summaryOf(row.summary) : undefined;
    },
    put: (rows) =>
      attempt(
        database.transaction(() => {
          for (const { path, changedMs, summary } of rows) insert.run(path, changedMs, JSON.stringify(summary ?? null));
        }),
      ),
    keepOnly: (paths) =>
      attempt(
        database.transaction(() => {
          for (const path of rows.keys()) if (!paths.has(path)) remove.run(path);
        }),
      ),
    close: () =>
      attempt(() => {
        insert.finalize();
        remove.finalize();
        database.close();
      }),
  };
}

type Row = { path: string; changed_ms: number; summary: string };

/** A damaged or foreign file is removed and made anew, once. */
async function openOrRemake(path: string) {
  const first = await openRows(path);
  if (first !== undefined) return first;
  for (const suffix of ["", "-journal"]) removeFile(path + suffix);
  return openRows(path);
}

async function openRows(path: string) {
  const database = await openDatabase(path, (fresh) => {
    fresh.run(
      "CREATE TABLE IF NOT EXISTS files (path TEXT PRIMARY KEY, changed_ms REAL NOT NULL, summary TEXT NOT NULL)",
    );
  });
  try {
    const all = database?.query<Row, []>("SELECT path, changed_ms, summary FROM files").all() ?? [];
    return database && { database, rows: new Map(all.map((row) => [row.path, row])) };
  } catch {
    database?.close();
    return undefined;
  }
}

function summaryOf(json: string): ThreadSummary | "absent" | undefined {
  const value = parseJson(json);
  if (value === null) return "absent";
  return isObject(value) && typeof value["id"] === "string" ? (value as ThreadSummary) : undefined;
}

const noIndex: ThreadIndex = { get: () => undefined, put: () => {}, keepOnly: () => {}, close: () => {} };

/** Whatever goes wrong with a cache is no news: the next list reads the files. */
function attempt(act: () => unknown): void {
  try {
    act();
  } catch {
    // See above.
  }
}
