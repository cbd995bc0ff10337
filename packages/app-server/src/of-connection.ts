import type { Connection } from "./connection.ts";

/** What a client has for itself: made at its first use, closed when the client leaves. */
export function ofConnection<T extends { close(): void }>(make: () => T): (connection: Connection) => T {
  const known = new WeakMap<Connection, T>();
  return (connection) => {
    const found = known.get(connection);
    if (found) return found;
    const made = make();
    known.set(connection, made);
    if (connection.gone.aborted) made.close();
    else connection.gone.addEventListener("abort", () => made.close(), { once: true });
    return made;
  };
}
