import { ofConnection } from "../of-connection.ts";
import type { FileSearch } from "./open-search.ts";

/** The searches of one client: its sessions by their ids, and its single queries by their cancellation tokens. */
class Searches {
  readonly #sessions = new Map<string, FileSearch>();
  readonly #queries = new Map<string, AbortController>();
  readonly #left = new AbortController();

  session(id: string): FileSearch | undefined {
    return this.#sessions.get(id);
  }

  /** Takes the place of a session of the same id. */
  keep(id: string, search: FileSearch): void {
    this.stop(id);
    if (this.#left.signal.aborted) search.close();
    else this.#sessions.set(id, search);
  }

  stop(id: string): void {
    this.#sessions.get(id)?.close();
    this.#sessions.delete(id);
  }

  /** Runs a single query. A later one with the same token ends it. */
  async query<T>(token: string | undefined, run: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const own = new AbortController();
    if (token !== undefined) {
      this.#queries.get(token)?.abort();
      this.#queries.set(token, own);
    }
    try {
      return await run(AbortSignal.any([own.signal, this.#left.signal]));
    } finally {
      if (token !== undefined && this.#queries.get(token) === own) this.#queries.delete(token);
    }
  }

  close(): void {
    this.#left.abort();
    for (const id of [...this.#sessions.keys()]) this.stop(id);
  }
}

export const searchesOf = ofConnection(() => new Searches());
