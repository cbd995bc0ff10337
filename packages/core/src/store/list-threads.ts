import { fileFacts } from "@codex/platform/list-folder";
import { listRollouts, type RolloutFile } from "./list-rollouts.ts";
import { openThreadIndex, type ThreadIndex } from "./thread-index.ts";
import { threadNames } from "./thread-names.ts";
import { summarise, type ThreadSummary } from "./thread-summary.ts";

export type ListedThread = ThreadSummary & { name: string | null };

/** What to list; what is left out does not matter. */
export type ThreadFilter = {
  archived?: boolean;
  /** Any of these folders. */
  cwd?: readonly string[];
  modelProviders?: readonly string[];
  /** Text within the name or the first thing said, in any letter case. */
  searchTerm?: string;
};

/** Every thread with something in it, the one changed last first. */
export async function listThreads(codexHome: string, filter: ThreadFilter): Promise<ListedThread[]> {
  const index = await openThreadIndex(codexHome);
  try {
    const names = threadNames(codexHome);
    const summaries = withOwnPreviews(summariesOf(newestFiles(codexHome), index));
    const threads = summaries.map((each) => Object.assign(each, { name: names.get(each.id) ?? null }));
    return threads.filter((thread) => matches(thread, filter)).sort((a, b) => b.updatedMs - a.updatedMs);
  } finally {
    index.close();
  }
}

/** The thread that was changed last; only as many files are opened as it takes. */
export function lastThread(codexHome: string, cwd: string | undefined): ThreadSummary | undefined {
  const dated = newestFiles(codexHome)
    .filter((file) => !file.archived)
    .flatMap((file) => {
      const facts = fileFacts(file.path);
      return facts === undefined ? [] : [{ file, changedMs: facts.changedMs }];
    });
  for (const { file, changedMs } of dated.sort((a, b) => b.changedMs - a.changedMs)) {
    const summary = summarise(file, changedMs);
    if (summary !== undefined && (cwd === undefined || summary.cwd === cwd)) return summary;
  }
  return undefined;
}

/** One file for each thread: where it has several, the newest is it. */
function newestFiles(codexHome: string): RolloutFile[] {
  const newest = new Map<string, RolloutFile>();
  for (const file of listRollouts(codexHome)) if (!newest.has(file.threadId)) newest.set(file.threadId, file);
  return [...newest.values()];
}

function summariesOf(files: readonly RolloutFile[], index: ThreadIndex): ThreadSummary[] {
  const fresh: Parameters<ThreadIndex["put"]>[0][number][] = [];
  const summaries = files.flatMap((file) => {
    const changedMs = fileFacts(file.path)?.changedMs;
    if (changedMs === undefined) return [];
    const known = index.get(file.path, changedMs);
    if (known !== undefined) return known === "absent" ? [] : [known];
    const summary = summarise(file, changedMs);
    fresh.push({ path: file.path, changedMs, summary });
    return summary ?? [];
  });
  if (fresh.length > 0) index.put(fresh);
  index.keepOnly(new Set(files.map((file) => file.path)));
  return summaries;
}

/** A fork shows what its parent began with, as long as nothing was said in it. A thread in which nothing was said is none. */
function withOwnPreviews(summaries: readonly ThreadSummary[]): ThreadSummary[] {
  const byId = new Map(summaries.map((summary) => [summary.id, summary]));
  const previewOf = (summary: ThreadSummary, depth = 0): string => {
    const parent = summary.forkedFromId === null || depth > 20 ? undefined : byId.get(summary.forkedFromId);
    return (parent && previewOf(parent, depth + 1)) || summary.preview;
  };
  return summaries.map((each) => ({ ...each, preview: previewOf(each) })).filter((each) => each.preview !== "");
}

function matches(thread: ListedThread, { archived = false, cwd, modelProviders, searchTerm }: ThreadFilter): boolean {
  const text = `${thread.name ?? ""}\n${thread.preview}`.toLowerCase();
  return (
    thread.archived === archived &&
    (cwd === undefined || cwd.includes(thread.cwd)) &&
    (modelProviders === undefined || modelProviders.includes(thread.modelProvider ?? "")) &&
    (searchTerm === undefined || text.includes(searchTerm.toLowerCase()))
  );
}
