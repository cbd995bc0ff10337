import { isObject, parseJson } from "@codex/protocol/json";

/** A place in a thread's history, in the original's words. Opaque to clients. */
export type HistoryCursor = { readonly ordinal: number; readonly includeAnchor: boolean };

/** What a cursor counts: turns by their first line, or items by theirs. */
export type HistoryScope = "turns" | "itemsByCreatedAtOrdinal";

export const historyCursor = (threadId: string, scope: HistoryScope, at: HistoryCursor): string =>
  JSON.stringify({
    requestedThreadId: threadId,
    rolloutOrdinal: at.ordinal,
    includeAnchor: at.includeAnchor,
    scope: { kind: scope },
  });

/** Undefined for what is no cursor of this thread and scope. */
export function parseHistoryCursor(text: string, threadId: string, scope: HistoryScope): HistoryCursor | undefined {
  const cursor = parseJson(text);
  if (!isObject(cursor) || cursor["requestedThreadId"] !== threadId) return undefined;
  const { rolloutOrdinal: ordinal, includeAnchor, scope: own } = cursor;
  if (typeof ordinal !== "number" || typeof includeAnchor !== "boolean") return undefined;
  return isObject(own) && own["kind"] === scope ? { ordinal, includeAnchor } : undefined;
}

/** Something with a place in the history. */
export type Placed<T> = { readonly ordinal: number; readonly value: T };

export type PageWish = {
  readonly after: HistoryCursor | undefined;
  readonly limit: number;
  readonly ascending: boolean;
};

export type HistoryPage<T> = {
  readonly data: T[];
  /** Where the next page begins; undefined at the end. */
  readonly next: HistoryCursor | undefined;
  /** Where a page in the other direction begins, with the first of this one; undefined for an empty page. */
  readonly backwards: HistoryCursor | undefined;
};

/** A page of `entries`, which stand in their order. */
export function historyPage<T>(entries: readonly Placed<T>[], { after, limit, ascending }: PageWish): HistoryPage<T> {
  const inOrder = ascending ? entries : entries.toReversed();
  const left = after === undefined ? inOrder : inOrder.filter(({ ordinal }) => isWithin(ordinal, after, ascending));
  const page = left.slice(0, limit);
  const [first, last] = [page[0], page.at(-1)];
  return {
    data: page.map(({ value }) => value),
    next: last !== undefined && left.length > page.length ? { ordinal: last.ordinal, includeAnchor: false } : undefined,
    backwards: first && { ordinal: first.ordinal, includeAnchor: true },
  };
}

function isWithin(ordinal: number, after: HistoryCursor, ascending: boolean): boolean {
  if (ordinal === after.ordinal) return after.includeAnchor;
  return ascending ? ordinal > after.ordinal : ordinal < after.ordinal;
}
