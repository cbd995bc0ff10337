import { join } from "node:path";
import { listFolder } from "@codex/platform/list-folder";
import { parseRolloutName, type RolloutName } from "./rollout-path.ts";

/** A rollout file, by its name alone. */
export type RolloutFile = RolloutName & { path: string; archived: boolean };

/** Every rollout of a home, newest first by the time in its name; among equals a thread's later file first. */
export function listRollouts(codexHome: string, has: (name: string) => boolean = () => true): RolloutFile[] {
  const sessions = join(codexHome, "sessions");
  const days = below(below(below([sessions], /^\d{4}$/), /^\d\d$/), /^\d\d$/);
  const archive = join(codexHome, "archived_sessions");
  const files = [...days.flatMap((day) => rolloutsIn(day, false, has)), ...rolloutsIn(archive, true, has)];
  return files.sort((a, b) => compare(b.startedAt, a.startedAt) || compare(b.path, a.path));
}

/** A thread's files, the one that is it now first. */
export const filesOfThread = (codexHome: string, threadId: string): RolloutFile[] =>
  listRollouts(codexHome, (name) => name.includes(threadId)).filter((file) => file.threadId === threadId);

/** The files that may be meant by a reference: the one of that id, then those of the thread of that id. */
export function filesReferredTo(codexHome: string, id: string): RolloutFile[] {
  const files = listRollouts(codexHome, (name) => name.includes(id));
  return [...files.filter(({ segmentId }) => segmentId === id), ...files.filter(({ segmentId }) => segmentId !== id)];
}

/** One file for each thread: where it has several, the newest is it. */
export function newestFiles(codexHome: string): RolloutFile[] {
  const newest = new Map<string, RolloutFile>();
  for (const file of listRollouts(codexHome)) if (!newest.has(file.threadId)) newest.set(file.threadId, file);
  return [...newest.values()];
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const below = (folders: readonly string[], name: RegExp): string[] =>
  folders.flatMap((folder) =>
    listFolder(folder)
      .filter((each) => name.test(each))
      .map((each) => join(folder, each)),
  );

const rolloutsIn = (folder: string, archived: boolean, has: (name: string) => boolean): RolloutFile[] =>
  listFolder(folder)
    .filter(has)
    .flatMap((name) => {
      const parsed = parseRolloutName(name);
      return parsed === undefined ? [] : [{ path: `${folder}/${name}`, ...parsed, archived }];
    });
