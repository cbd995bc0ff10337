import { type PathWatch, watchPath } from "@codex/platform/watch-path";
import { ofConnection } from "../of-connection.ts";

/** The watches of one client, by the ids that it gave them. */
class Watches {
  readonly #open = new Map<string, PathWatch>();
  #closed = false;

  has(id: string): boolean {
    return this.#open.has(id);
  }

  open(id: string, path: string, onChanged: (paths: string[]) => void): void {
    if (!this.#closed) this.#open.set(id, watchPath(path, onChanged));
  }

  end(id: string): void {
    this.#open.get(id)?.close();
    this.#open.delete(id);
  }

  close(): void {
    this.#closed = true;
    for (const id of [...this.#open.keys()]) this.end(id);
  }
}

export const watchesOf = ofConnection(() => new Watches());
