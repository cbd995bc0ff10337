import type { Database } from "bun:sqlite";
import { lockSoon } from "./try-lock.ts";

/**
 * Opens an SQLite database that is only a cache; undefined where that cannot be done, for whatever reason. `prepare` makes
 * the tables, alone: several processes that open a fresh database at once fail now and then. No write-ahead log: its shared
 * memory kills the process that has it open (SIGBUS) when another cuts the file short.
 */
export async function openDatabase(path: string, prepare: (database: Database) => void): Promise<Database | undefined> {
  const { Database } = await import("bun:sqlite");
  const lock = lockSoon(`${path}.lock`, 1000);
  if (!lock.ok) return undefined;
  try {
    const database = new Database(path, { create: true });
    database.run("PRAGMA synchronous = OFF");
    database.run("PRAGMA busy_timeout = 1000");
    prepare(database);
    return database;
  } catch {
    return undefined;
  } finally {
    lock.value.release();
  }
}
