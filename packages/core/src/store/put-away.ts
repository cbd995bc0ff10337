import { basename } from "node:path";
import { moveFile } from "@codex/platform/move-file";
import { removeFile } from "@codex/platform/remove-file";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { filesOfThread, type RolloutFile } from "./list-rollouts.ts";
import { forgetSummaries, threadsBasedOn } from "./list-threads.ts";
import { forgetQueue } from "./queue-file.ts";
import { activePath, archivedPath } from "./rollout-path.ts";
import { fileError } from "./store-error.ts";
import { forgetMetadata } from "./thread-metadata.ts";
import { forgetName } from "./thread-names.ts";
import { lockThread } from "./thread-lock.ts";

/** All files of a thread lie in one place, so that what refers to them finds them in either. */
export function archiveThread(codexHome: string, id: string): Result<void> {
  const files = filesOfThread(codexHome, id).filter((file) => !file.archived);
  if (files.length === 0) return err(fail("threadNotFound", id));
  return moveAll(codexHome, id, files, (name) => archivedPath(codexHome, name));
}

export function unarchiveThread(codexHome: string, id: string): Result<void> {
  const files = filesOfThread(codexHome, id);
  if (files[0]?.archived !== true) return err(fail("notArchived", id));
  const archived = files.filter((file) => file.archived);
  return moveAll(codexHome, id, archived, (name) => activePath(codexHome, name));
}

export async function mayDelete(codexHome: string, id: string): Promise<Result<void>> {
  if (filesOfThread(codexHome, id).length === 0) return err(fail("threadNotFound", id));
  const forks = await threadsBasedOn(codexHome, id);
  return forks.length > 0 ? err(fail("threadIsForked", id)) : ok(undefined);
}

export async function deleteThread(codexHome: string, id: string): Promise<Result<void>> {
  const may = await mayDelete(codexHome, id);
  if (!may.ok) return may;
  const lock = lockThread(codexHome, id);
  if (!lock.ok) return lock;
  // The newest first: while one is left it still refers to files that are there.
  try {
    for (const { path } of filesOfThread(codexHome, id)) {
      const removed = removeFile(path);
      if (!removed.ok) return err(fileError("delete", removed.error));
    }
  } finally {
    lock.value.release();
  }
  await forgetSummaries(codexHome, id);
  forgetQueue(codexHome, id);
  const [name, metadata] = [forgetName(codexHome, id), forgetMetadata(codexHome, id)];
  return name.ok ? metadata : name;
}

function moveAll(
  codexHome: string,
  id: string,
  files: readonly RolloutFile[],
  placeOf: (name: string) => string | undefined,
): Result<void> {
  const lock = lockThread(codexHome, id);
  if (!lock.ok) return lock;
  try {
    // The oldest first: the newest is the thread, and where it lies tells whether that is archived.
    for (const { path } of files.toReversed()) {
      const place = placeOf(basename(path));
      const moved = place === undefined ? ok(undefined) : moveFile(path, place);
      if (!moved.ok) return err(fileError("move", moved.error));
    }
    return ok(undefined);
  } finally {
    lock.value.release();
  }
}
