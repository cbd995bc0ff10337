import type { Database } from "bun:sqlite";
import { lockSoon } from "./try-lock.ts";

/**
 * Opens an SQLite database that is only a cache; undefined where that cannot be done, for whatever reason. `prepare` makes
 * the tables, alone: four processes that open a fresh WAL database at once fail now and then.
 */
export async function openDatabase(path: string, prepare: (database: Database) => void): Promise<Database | undefined> {
  const { Database } = await import("bun:sqlite");
  const lock = lockSoon(`${path}.lock`, 1000);
  if (!lock.ok) return undefined;
  try {
    const database = new Database(path, { create: true });
    database.run("PRAGMA journal_mode = WAL");
    database.run("PRAGMA synchronous = NORMAL");
    database.run("PRAGMA busy_timeout = 1000");
    prepare(database);
    return database;
  } catch {
    return undefined;
  } finally {
    lock.value.release();
  }
}
