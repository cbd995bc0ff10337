import { basename } from "node:path";
import type { Clock } from "@codex/platform/clock";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { findThread } from "./find-thread.ts";
import { forkOrigin } from "./fork-thread.ts";
import { listRollouts } from "./list-rollouts.ts";
import { lastThread, listThreads, type ListedThread, type ThreadFilter } from "./list-threads.ts";
import { sessionMeta, type NewThread } from "./new-thread.ts";
import { readLines, readRollout, type ReadDeps } from "./read-rollout.ts";
import { isLegacy, type SessionMeta } from "./rollout-line.ts";
import { parseRolloutName, rolloutPath } from "./rollout-path.ts";
import type { RolloutRecord } from "./rollout-record.ts";
import { continueRollout, newRollout, type RolloutWriter } from "./rollout-writer.ts";
import type { StoredThread } from "./stored-thread.ts";
import { lockThread } from "./thread-lock.ts";
import { nameThread, threadNames } from "./thread-names.ts";
import type { ThreadSummary } from "./thread-summary.ts";

/** A thread that is open for writing: by us alone until `close`. */
export type ThreadLog = {
  readonly threadId: string;
  readonly path: string;
  readonly meta: SessionMeta;
  /** The record outlives the process when this returns; after a failure the file is as before. */
  append(record: RolloutRecord): Result<void>;
  close(): void;
};

/** An open thread and what is stored of it. */
export type OpenedThread = { log: ThreadLog; thread: StoredThread };

/** The threads of a Codex home. `which` is a thread's id, its name, or the path of its file. */
export type ThreadStore = {
  /** Nothing is on disk before the first record. */
  create(thread: NewThread): Result<ThreadLog>;
  /** "threadBusy" while another process has it open, "threadNotFound" where there is none. */
  resume(which: string, want?: { turns: boolean }): Result<OpenedThread>;
  /** A new thread that begins with another's history, as it was read; the other may be open elsewhere. */
  fork(parent: StoredThread, as: NewThread): Result<OpenedThread>;
  read(which: string, want?: { turns: boolean }): Result<StoredThread>;
  list(filter?: ThreadFilter): Promise<ListedThread[]>;
  /** The thread that was changed last, of those in a folder where one is given. */
  last(cwd?: string): ThreadSummary | undefined;
  setName(id: string, name: string): Result<void>;
  nameOf(id: string): string | undefined;
};

export type StoreDeps = { codexHome: string; clock: Pick<Clock, "now"> };

export function openThreadStore({ codexHome, clock }: StoreDeps): ThreadStore {
  const files: ReadDeps = {
    filesOf: (id) =>
      listRollouts(codexHome)
        .filter((file) => file.threadId === id)
        .map((file) => file.path),
  };
  const read = (which: string, want = { turns: true }): Result<StoredThread> => {
    const path = pathOf(codexHome, which);
    return path.ok ? readRollout(files, path.value, want) : path;
  };

  const forkOf = (parent: StoredThread, as: NewThread): Result<OpenedThread> => {
    const origin = forkOrigin(parent);
    if (!origin.ok) return origin;
    const lock = lockThread(codexHome, as.id);
    if (!lock.ok) return lock;
    const meta: SessionMeta = { ...sessionMeta(as, clock.now()), ...origin.value };
    const path = rolloutPath(codexHome, as.id, clock.now());
    const writer = newRollout(path, meta, clock);
    const log = logOf({ path, meta, lock: lock.value, writer });
    const copied = isLegacy(meta) ? copyLines(files, parent.path, writer) : ok(undefined);
    if (copied.ok) return ok({ log, thread: { ...parent, path, meta, end: writer.end() } });
    log.close();
    return copied;
  };

  return {
    create(thread) {
      const lock = lockThread(codexHome, thread.id);
      if (!lock.ok) return lock;
      const meta = sessionMeta(thread, clock.now());
      const path = rolloutPath(codexHome, thread.id, clock.now());
      return ok(logOf({ path, meta, lock: lock.value, writer: newRollout(path, meta, clock) }));
    },

    resume(which, want) {
      const path = pathOf(codexHome, which);
      if (!path.ok) return path;
      const id = parseRolloutName(basename(path.value))?.threadId;
      if (id === undefined) return err(fail("invalidThreadId", which));
      const lock = lockThread(codexHome, id);
      if (!lock.ok) return lock;
      const opened = openForWriting(files, path.value, clock, want);
      if (!opened.ok) {
        lock.value.release();
        return opened;
      }
      const { thread, writer } = opened.value;
      return ok({ thread, log: logOf({ path: path.value, meta: thread.meta, lock: lock.value, writer }) });
    },

    fork: forkOf,
    read,
    list: (filter = {}) => listThreads(codexHome, filter),
    last: (cwd) => lastThread(codexHome, cwd),
    setName: (id, name) => nameThread(codexHome, id, name, clock.now()),
    nameOf: (id) => threadNames(codexHome).get(id),
  };
}

function pathOf(codexHome: string, which: string): Result<string> {
  if (which.endsWith(".jsonl")) return ok(which);
  const file = findThread(codexHome, which);
  return file.ok ? ok(file.value.path) : file;
}

type Opened = { thread: StoredThread; writer: RolloutWriter };

function openForWriting(
  files: ReadDeps,
  path: string,
  clock: Pick<Clock, "now">,
  want = { turns: true },
): Result<Opened> {
  const thread = readRollout(files, path, want);
  if (!thread.ok) return thread;
  const writer = continueRollout(path, thread.value.meta, thread.value.end.ordinal, clock);
  return writer.ok ? ok({ thread: thread.value, writer: writer.value }) : writer;
}

/** For a parent that cannot be referred to. */
function copyLines(files: ReadDeps, parent: string, writer: RolloutWriter): Result<void> {
  const lines = readLines(files, parent);
  if (!lines.ok) return lines;
  for (const line of lines.value) {
    const written = writer.append({ type: "raw", line });
    if (!written.ok) return written;
  }
  return ok(undefined);
}

type LogParts = { path: string; meta: SessionMeta; lock: { release(): void }; writer: RolloutWriter };

const logOf = ({ path, meta, lock, writer }: LogParts): ThreadLog => ({
  threadId: meta.id,
  path,
  meta,
  append: (record) => writer.append(record),
  close: () => {
    writer.close();
    lock.release();
  },
});
