import { join } from "node:path";
import { listFolder } from "@codex/platform/list-folder";
import { parseRolloutName } from "./rollout-path.ts";

/** A rollout file, by its name alone. */
export type RolloutFile = { path: string; threadId: string; startedAt: string; archived: boolean };

/** Every rollout of a home, newest first by the time in its name; among equals a thread's later file first. */
export function listRollouts(codexHome: string): RolloutFile[] {
  const sessions = join(codexHome, "sessions");
  const days = below(below(below([sessions], /^\d{4}$/), /^\d\d$/), /^\d\d$/);
  const archive = join(codexHome, "archived_sessions");
  const files = [...days.flatMap((day) => rolloutsIn(day, false)), ...rolloutsIn(archive, true)];
  return files.sort((a, b) => compare(b.startedAt, a.startedAt) || compare(b.path, a.path));
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

const below = (folders: readonly string[], name: RegExp): string[] =>
  folders.flatMap((folder) =>
    listFolder(folder)
      .filter((each) => name.test(each))
      .map((each) => join(folder, each)),
  );

const rolloutsIn = (folder: string, archived: boolean): RolloutFile[] =>
  listFolder(folder).flatMap((name) => {
    const parsed = parseRolloutName(name);
    return parsed === undefined ? [] : [{ path: join(folder, name), ...parsed, archived }];
  });
