import { fail } from "@codex/protocol/errors";
import type { Params, MethodResult } from "@codex/protocol/methods";
import { err, ok, type Result } from "@codex/protocol/result";
import type { Turn } from "@codex/protocol/thread";
import {
  historyCursor,
  historyPage,
  parseHistoryCursor,
  type HistoryCursor,
  type HistoryPage,
  type HistoryScope,
  type Placed,
} from "./store/history-page.ts";
import type { StoredThread, TurnPlace } from "./store/stored-thread.ts";

/** A thread's turns as they are stored, each with its place. */
export type ThreadHistory = {
  readonly threadId: string;
  readonly turns: readonly Placed<Turn>[];
  readonly places: readonly TurnPlace[];
};

/** `runningTurnId`: the one turn that may still be in progress; others that have no end were cut off by a killed process. */
export function historyOf(stored: StoredThread, runningTurnId: string | undefined): ThreadHistory {
  const turns = stored.turns.map((turn, index) => ({
    ordinal: stored.places[index]?.ordinal ?? index,
    value:
      turn.status === "inProgress" && turn.id !== runningTurnId ? { ...turn, status: "interrupted" as const } : turn,
  }));
  return { threadId: stored.meta.id, turns, places: stored.places };
}

type Wish = Omit<Params<"thread/turns/list">, "threadId">;
type TurnsPage = MethodResult<"thread/turns/list">;
type ItemsPage = MethodResult<"thread/items/list">;

export function turnsPage({ threadId, turns }: ThreadHistory, wish: Wish): Result<TurnsPage> {
  const after = cursorOf(wish.cursor, threadId, "turns");
  if (!after.ok) return after;
  const ascending = wish.sortDirection === "asc";
  const page = historyPage(turns, { after: after.value, limit: pageLimit(wish.limit), ascending });
  const view = wish.itemsView ?? "summary";
  return ok({ data: page.data.map((turn) => viewOf(turn, view)), ...cursorsOf(page, threadId, "turns") });
}

export function itemsPage(
  history: ThreadHistory,
  wish: Omit<Params<"thread/items/list">, "threadId">,
): Result<ItemsPage> {
  const { threadId } = history;
  const entries = itemEntries(history, wish.turnId ?? undefined);
  const after = itemCursor(wish, entries, threadId);
  if (!after.ok) return after;
  const ascending = wish.sortDirection !== "desc";
  const page = historyPage(entries, { after: after.value, limit: pageLimit(wish.limit), ascending });
  return ok({ data: page.data, ...cursorsOf(page, threadId, "itemsByCreatedAtOrdinal") });
}

/** Where a client that has nothing yet begins to read backwards. */
export const lastPlaces = (
  threadId: string,
  { places, lastItem }: Pick<StoredThread, "places" | "lastItem">,
): { turnsBackwardsCursor: string | null; itemsBackwardsCursor: string | null } => ({
  turnsBackwardsCursor: anchorAt(threadId, "turns", places.at(-1)?.ordinal),
  itemsBackwardsCursor: anchorAt(threadId, "itemsByCreatedAtOrdinal", places.length === 0 ? undefined : lastItem),
});

const anchorAt = (threadId: string, scope: HistoryScope, ordinal: number | undefined): string | null =>
  ordinal === undefined ? null : historyCursor(threadId, scope, { ordinal, includeAnchor: true });

/** As many as the original gives where nothing is said, and at most. */
const pageLimit = (limit: number | null | undefined): number => Math.min(Math.max(limit ?? 25, 1), 100);

function viewOf(turn: Turn, itemsView: Turn["itemsView"]): Turn {
  if (itemsView === "full") return { ...turn, itemsView };
  if (itemsView === "notLoaded") return { ...turn, itemsView, items: [] };
  const first = turn.items.find((item) => item.type === "userMessage");
  const last = turn.items.findLast((item) => item.type === "agentMessage");
  return { ...turn, itemsView, items: [first, last].filter((item) => item !== undefined) };
}

type Entry = ItemsPage["data"][number];

/** The items of all turns, or of one, in the order in which they began. */
function itemEntries({ turns, places }: ThreadHistory, turnId: string | undefined): Placed<Entry>[] {
  const entries = turns.flatMap(({ value: turn }, index) =>
    turnId !== undefined && turn.id !== turnId
      ? []
      : turn.items.map((item, at) => ({
          ordinal: places[index]?.items[at] ?? 0,
          value: {
            turnId: turn.id,
            item,
            startedAtMs: item.startedAtMs ?? null,
            completedAtMs: item.completedAtMs ?? null,
          },
        })),
  );
  return entries.sort((a, b) => a.ordinal - b.ordinal);
}

function itemCursor(
  { cursor, turnId }: Omit<Params<"thread/items/list">, "threadId">,
  entries: readonly Placed<Entry>[],
  threadId: string,
): Result<HistoryCursor | undefined> {
  if (cursor === undefined || cursor === null || typeof cursor === "string") {
    return cursorOf(cursor, threadId, "itemsByCreatedAtOrdinal");
  }
  if (!turnId) return err(fail("refusedParams", "an item cursor requires a non-empty turnId"));
  const anchor = entries.find(({ value }) => value.item.id === cursor.itemId);
  if (!anchor) return err(fail("unknownCursor", cursor.itemId));
  return ok({ ordinal: anchor.ordinal, includeAnchor: false });
}

function cursorOf(
  text: string | null | undefined,
  threadId: string,
  scope: HistoryScope,
): Result<HistoryCursor | undefined> {
  if (text === undefined || text === null) return ok(undefined);
  const cursor = parseHistoryCursor(text, threadId, scope);
  return cursor === undefined ? err(fail("unknownCursor", text)) : ok(cursor);
}

const cursorsOf = (
  { next, backwards }: HistoryPage<unknown>,
  threadId: string,
  scope: HistoryScope,
): { nextCursor: string | null; backwardsCursor: string | null } => ({
  nextCursor: next === undefined ? null : historyCursor(threadId, scope, next),
  backwardsCursor: backwards === undefined ? null : historyCursor(threadId, scope, backwards),
});
