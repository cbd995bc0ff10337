import { isUuid } from "@codex/platform/ids";
import { fail } from "@codex/protocol/errors";
import type { Params } from "@codex/protocol/methods";
import { err, ok, type Result } from "@codex/protocol/result";
import { resolve } from "node:path";
import { sortKeyOf, type ThreadOrder, type ThreadPage } from "./store/list-threads.ts";
import type { ListedThread } from "./store/thread-summary.ts";
import type { ThreadFilter } from "./store/match-thread.ts";
import { interactiveSources } from "./store/source-kind.ts";
import { parseThreadCursor, threadCursor } from "./store/thread-cursor.ts";

type Wish = Params<"thread/list">;

/** `cwd`: where relative folders of a client start. `provider`: whose threads are listed where none is named. */
export type ListPlace = { readonly cwd: string; readonly provider: string | undefined };

/** What a client asks of the list; undefined for what no thread of ours can fit. */
export function listWish(
  params: Wish,
  place: ListPlace,
): Result<{ filter: ThreadFilter; order: ThreadOrder } | undefined> {
  const refused = refusal(params);
  if (refused) return err(refused);
  const { cursor, sortKey, limit, sortDirection } = params;
  const after = cursor ? parseThreadCursor(cursor) : undefined;
  if (cursor && after === undefined) return err(fail("unknownCursor", cursor));
  if (params.sectionId || params.parentThreadId || params.ancestorThreadId || params.attachedToThreadId) {
    return ok(undefined);
  }
  const by = sortKey === "updated_at" ? "updated" : sortKey === "recency_at" ? "recency" : "created";
  const order: ThreadOrder = {
    by,
    ascending: sortDirection === "asc",
    limit: Math.min(Math.max(limit ?? 25, 1), 100),
    ...(after === undefined ? {} : { after }),
  };
  return ok({ filter: filterOf(params, place), order });
}

function refusal(params: Wish) {
  const { originators, excludedThreadIds = [], projectId, parentThreadId, ancestorThreadId } = params;
  if (params.sortKey === "section_position" && !params.sectionId) {
    return fail("refusedParams", "section-position sorting requires a section filter");
  }
  if (parentThreadId && ancestorThreadId) {
    return fail("refusedParams", "parentThreadId and ancestorThreadId are mutually exclusive");
  }
  if (params.includeAttachedThreads && !params.searchTerm) {
    return fail("refusedParams", "includeAttachedThreads requires a non-empty searchTerm");
  }
  if (originators && originators.length > 0) {
    return fail("unsupportedFilter", "originator filtering is not supported by the local app-server");
  }
  if (projectId) return fail("unsupportedFilter", `project not found: ${projectId}`);
  if (excludedThreadIds && excludedThreadIds.length > mostExcluded) {
    return fail("unsupportedFilter", `excludedThreadIds holds more than ${mostExcluded} ids`);
  }
  const wrong = excludedThreadIds?.find((id) => !isUuid(id));
  return wrong === undefined ? undefined : fail("unsupportedFilter", `invalid excluded thread id: ${wrong}`);
}

const mostExcluded = 100;

function filterOf(params: Wish, place: ListPlace): ThreadFilter {
  const { cwd, modelProviders, sourceKinds, searchTerm, excludedThreadIds } = params;
  const providers = modelProviders ?? (place.provider === undefined ? [] : [place.provider]);
  return {
    archived: params.archived ?? false,
    sourceKinds: sourceKinds && sourceKinds.length > 0 ? sourceKinds : interactiveSources,
    ...(cwd === undefined || cwd === null ? {} : { cwd: [cwd].flat().map((each) => resolve(place.cwd, each)) }),
    ...(providers.length === 0 ? {} : { modelProviders: providers }),
    ...(searchTerm ? { searchTerm } : {}),
    ...(excludedThreadIds ? { excluded: new Set(excludedThreadIds.map((id) => id.toLowerCase())) } : {}),
  };
}

/** The cursors of a page. The one backwards takes the page's first thread in again: a time is passed over by its cursor. */
export function pageCursors(
  { threads, more }: ThreadPage,
  { by, ascending }: ThreadOrder,
): { nextCursor: string | null; backwardsCursor: string | null } {
  const [first, last] = [threads[0], threads.at(-1)];
  const keyOf = (thread: ListedThread): number => sortKeyOf(thread, by);
  return {
    nextCursor: more && last ? threadCursor(keyOf(last), last.id) : null,
    backwardsCursor: first ? threadCursor(Math.floor(keyOf(first)) + (ascending ? 1 : -1)) : null,
  };
}
