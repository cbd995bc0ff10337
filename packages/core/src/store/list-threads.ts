import { fileFacts } from "@codex/platform/list-folder";
import { listRollouts, newestFiles, type RolloutFile } from "./list-rollouts.ts";
import { matchesFilter, type ThreadFilter } from "./match-thread.ts";
import { isBehind, type ThreadCursor } from "./thread-cursor.ts";
import { openThreadIndex, type ThreadIndex } from "./thread-index.ts";
import { threadMetadata, type ThreadMetadata } from "./thread-metadata.ts";
import { threadNames } from "./thread-names.ts";
import { summarise, type ListedThread, type ThreadSummary } from "./thread-summary.ts";

export type ThreadOrder = {
  by: "created" | "updated" | "recency";
  ascending: boolean;
  /** Where to go on: what stands there, or before it, is left out. */
  after?: ThreadCursor;
  limit: number;
};

export type ThreadPage = { threads: ListedThread[]; more: boolean };

/** What a thread is sorted by. Whole Unix milliseconds, as cursors have them. */
export const sortKeyOf = (thread: ThreadSummary, by: ThreadOrder["by"]): number =>
  Math.floor({ created: thread.createdMs, updated: thread.updatedMs, recency: thread.recencyMs }[by]);

/**
 * A page of the threads with something in them. Only as many files are looked into as the page takes, where the order can be
 * told from their names (created) or times (updated).
 */
export async function listThreads(codexHome: string, filter: ThreadFilter, order: ThreadOrder): Promise<ThreadPage> {
  const index = await openThreadIndex(codexHome);
  try {
    const look = lookInto(codexHome, index);
    const names = threadNames(codexHome);
    const metadata = threadMetadata(codexHome);
    const threads: ListedThread[] = [];
    let more = false;
    for (const { file, changedMs } of inOrder(codexHome, filter, order, look)) {
      const summary = look.summaryOf(file, changedMs);
      if (summary === undefined) continue;
      const listed = withNotes(summary, look, names.get(summary.id), metadata.get(summary.id));
      if (listed.preview === "" || !matchesFilter(listed, filter)) continue;
      more = threads.length === order.limit;
      if (more) break;
      threads.push(listed);
    }
    look.store();
    return { threads, more };
  } finally {
    index.close();
  }
}

/** One thread as a list would show it, also where nothing was said in it; undefined where its file is none. */
export async function listedThread(codexHome: string, file: RolloutFile): Promise<ListedThread | undefined> {
  const index = await openThreadIndex(codexHome);
  try {
    const look = lookInto(codexHome, index);
    const summary = look.summaryOf(file, fileFacts(file.path)?.changedMs);
    const { threadId: id } = file;
    return summary && withNotes(summary, look, threadNames(codexHome).get(id), threadMetadata(codexHome).get(id));
  } finally {
    index.close();
  }
}

const withNotes = (
  summary: ThreadSummary,
  look: Look,
  name: string | undefined,
  told: ThreadMetadata | undefined,
): ListedThread => ({
  ...summary,
  preview: look.previewOf(summary),
  name: name ?? null,
  gitInfo: told?.gitInfo === undefined ? summary.gitInfo : told.gitInfo,
  daybreakEnabled: told?.daybreakEnabled ?? null,
});

/** The threads whose history begins with a part of this one's. */
export async function threadsBasedOn(codexHome: string, threadId: string): Promise<string[]> {
  const index = await openThreadIndex(codexHome);
  try {
    const look = lookInto(codexHome, index);
    const files = listRollouts(codexHome);
    const own = new Set(files.flatMap((file) => (file.threadId === threadId ? [file.segmentId] : [])));
    const found = files.flatMap((file) => {
      const summary = file.threadId === threadId ? undefined : look.summaryOf(file, fileFacts(file.path)?.changedMs);
      return own.has(summary?.baseId ?? "") && summary ? [summary.id] : [];
    });
    look.store();
    index.keepOnly(new Set(files.map((file) => file.path)));
    return found;
  } finally {
    index.close();
  }
}

/** What the index holds of a thread tells what was said in it, and goes with it. */
export async function forgetSummaries(codexHome: string, threadId: string): Promise<void> {
  const index = await openThreadIndex(codexHome);
  index.forget(threadId);
  index.close();
}

/** The thread that was changed last; only as many files are opened as it takes. */
export function lastThread(codexHome: string, cwd: string | undefined): ThreadSummary | undefined {
  for (const { file, changedMs } of byChange(newestFiles(codexHome).filter((each) => !each.archived))) {
    const summary = changedMs === undefined ? undefined : summarise(file, changedMs);
    if (summary !== undefined && (cwd === undefined || summary.cwd === cwd)) return summary;
  }
  return undefined;
}

type Dated = { file: RolloutFile; changedMs: number | undefined };

const byChange = (files: readonly RolloutFile[]): Dated[] =>
  files
    .map((file) => ({ file, changedMs: fileFacts(file.path)?.changedMs }))
    .sort((a, b) => (b.changedMs ?? 0) - (a.changedMs ?? 0) || compare(b.file.threadId, a.file.threadId));

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** The files that may be on the page, in its order. A file's time is asked where it is known from the name. */
function* inOrder(codexHome: string, filter: ThreadFilter, order: ThreadOrder, look: Look): Generator<Dated> {
  const { by, ascending, after } = order;
  const files = newestFiles(codexHome).filter(
    ({ archived, threadId }) => archived === (filter.archived ?? false) && !filter.excluded?.has(threadId),
  );
  const dated = by === "created" ? files.map((file) => ({ file, changedMs: undefined })) : byChange(files);
  const keyOf = ({ file, changedMs }: Dated): number =>
    by === "created" ? file.startedMs : by === "updated" ? (changedMs ?? 0) : look.recencyOf(file, changedMs);
  const keyed = dated
    .map((each) => ({ each, key: Math.floor(keyOf(each)) }))
    .filter(({ each, key }) => after === undefined || isBehind(after, key, each.file.threadId, ascending))
    .sort((a, b) => b.key - a.key || compare(b.each.file.threadId, a.each.file.threadId));
  for (const { each } of ascending ? keyed.toReversed() : keyed) {
    const changedMs = each.changedMs ?? fileFacts(each.file.path)?.changedMs;
    if (changedMs !== undefined) yield { file: each.file, changedMs };
  }
}

type Look = {
  summaryOf(file: RolloutFile, changedMs: number | undefined): ThreadSummary | undefined;
  recencyOf(file: RolloutFile, changedMs: number | undefined): number;
  /** What its user said first: in a fork that is what its parent's did. "" where nothing was said. */
  previewOf(summary: ThreadSummary): string;
  /** Puts what was read anew into the index. */
  store(): void;
};

function lookInto(codexHome: string, index: ThreadIndex): Look {
  const fresh: Parameters<ThreadIndex["put"]>[0][number][] = [];
  const known = new Map<string, ThreadSummary | undefined>();
  let files: Map<string, RolloutFile> | undefined;
  const fileOf = (segmentId: string): RolloutFile | undefined => {
    files ??= new Map(listRollouts(codexHome).map((file) => [file.segmentId, file]));
    return files.get(segmentId);
  };

  const summaryOf: Look["summaryOf"] = (file, changedMs) => {
    if (known.has(file.path)) return known.get(file.path);
    const summary = changedMs === undefined ? undefined : read(file, changedMs);
    known.set(file.path, summary);
    return summary;
  };
  const read = (file: RolloutFile, changedMs: number): ThreadSummary | undefined => {
    const stored = index.get(file.path, changedMs);
    if (stored !== undefined) return stored === "absent" ? undefined : { ...stored, archived: file.archived };
    const summary = summarise(file, changedMs);
    fresh.push({ path: file.path, changedMs, summary });
    return summary;
  };
  const previewOf = (summary: ThreadSummary, depth = 0): string => {
    const { baseId } = summary;
    const file = baseId === null || depth > 20 ? undefined : fileOf(baseId);
    const parent = file && summaryOf(file, fileFacts(file.path)?.changedMs);
    return (parent && previewOf(parent, depth + 1)) || summary.preview;
  };

  return {
    summaryOf,
    recencyOf(file, changedMs) {
      const known = changedMs === undefined ? undefined : index.recencyOf(file.path, changedMs);
      return known ?? summaryOf(file, changedMs)?.recencyMs ?? changedMs ?? 0;
    },
    previewOf: (summary) => previewOf(summary),
    store: () => {
      if (fresh.length > 0) index.put(fresh);
    },
  };
}
