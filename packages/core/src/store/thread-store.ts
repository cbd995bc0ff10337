import { basename } from "node:path";
import type { Clock } from "@codex/platform/clock";
import { newId } from "@codex/platform/ids";
import { fileFacts } from "@codex/platform/list-folder";
import { fail } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { findThread } from "./find-thread.ts";
import { forkOrigin, historyReference } from "./fork-thread.ts";
import { filesReferredTo } from "./list-rollouts.ts";
import { lastThread, listedThread, listThreads, type ThreadOrder, type ThreadPage } from "./list-threads.ts";
import type { ThreadFilter } from "./match-thread.ts";
import { archiveThread, deleteThread, mayDelete, unarchiveThread } from "./put-away.ts";
import { sessionMeta, type NewThread } from "./new-thread.ts";
import { readLines, readRollout, type HistoryCut, type ReadDeps, type Wanted } from "./read-rollout.ts";
import { isLegacy, type SessionMeta } from "./rollout-line.ts";
import { parseRolloutName, rolloutPath } from "./rollout-path.ts";
import type { RolloutRecord } from "./rollout-record.ts";
import { continueRollout, newRollout, type RolloutWriter } from "./rollout-writer.ts";
import type { StoredThread } from "./stored-thread.ts";
import { lockThread } from "./thread-lock.ts";
import { noteMetadata, threadMetadata, type ThreadMetadata } from "./thread-metadata.ts";
import { nameThread, threadNames } from "./thread-names.ts";
import type { ListedThread, ThreadSummary } from "./thread-summary.ts";

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
  resume(which: string, want?: Wanted): Result<OpenedThread>;
  /** A new thread that begins with another's history, as it was read; the other may be open elsewhere. */
  fork(parent: StoredThread, as: NewThread, cut?: HistoryCut): Result<OpenedThread>;
  /**
   * The thread as it was before a turn, in a further file of its own; the older one stays, and holds what came before. The
   * file is made with the first record. Nobody may have the thread open.
   */
  revert(which: string, beforeTurn: string): Result<OpenedThread>;
  read(which: string, want?: Wanted, cut?: HistoryCut): Result<StoredThread>;
  list(filter?: ThreadFilter, order?: Partial<ThreadOrder>): Promise<ThreadPage>;
  /** One thread as the list shows it, from the beginning and the end of its file. */
  listed(id: string): Promise<Result<ListedThread>>;
  /** Changes whenever the thread's file does. */
  stamp(id: string): Result<string>;
  /** False where the thread's file lies with the archived ones; "threadNotFound" where there is none. */
  isActive(id: string): Result<boolean>;
  /** Moves the thread's files; "threadBusy" while somebody has it open. */
  archive(id: string): Result<void>;
  unarchive(id: string): Result<void>;
  /** "threadIsForked" where another thread's history begins in this one. */
  mayDelete(id: string): Promise<Result<void>>;
  /** For good. */
  delete(id: string): Promise<Result<void>>;
  note(id: string, metadata: ThreadMetadata): Result<void>;
  metadataOf(id: string): ThreadMetadata;
  /** The thread that was changed last, of those in a folder where one is given. */
  last(cwd?: string): ThreadSummary | undefined;
  setName(id: string, name: string): Result<void>;
  nameOf(id: string): string | undefined;
};

export type StoreDeps = { codexHome: string; clock: Pick<Clock, "now"> };

export function openThreadStore({ codexHome, clock }: StoreDeps): ThreadStore {
  const files: ReadDeps = {
    filesOf: (id) => filesReferredTo(codexHome, id).map((file) => file.path),
  };
  const read: ThreadStore["read"] = (which, want = { turns: true }, cut) => {
    const path = pathOf(codexHome, which);
    return path.ok ? readRollout(files, path.value, want, cut) : path;
  };

  const forkOf: ThreadStore["fork"] = (parent, as, cut) => {
    const origin = forkOrigin(parent);
    if (!origin.ok) return origin;
    const lock = lockThread(codexHome, as.id);
    if (!lock.ok) return lock;
    const meta: SessionMeta = { ...sessionMeta(as, clock.now()), ...origin.value };
    const path = rolloutPath(codexHome, as.id, clock.now());
    const writer = newRollout(path, meta, clock);
    const log = logOf({ path, meta, lock: lock.value, writer });
    const copied = isLegacy(meta) ? copyLines(files, parent.path, writer, cut) : ok(undefined);
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

    revert(which, beforeTurn) {
      const thread = read(which, { turns: true }, { beforeTurn });
      if (!thread.ok) return thread;
      const { meta: before, upTo } = thread.value;
      if (upTo === undefined) return err(fail("legacyHistory", before.id));
      const lock = lockThread(codexHome, before.id);
      if (!lock.ok) return lock;
      const reference = historyReference(upTo);
      if (!reference.ok) {
        lock.value.release();
        return reference;
      }
      const now = clock.now();
      const meta: SessionMeta = { ...before, timestamp: new Date(now).toISOString(), ...reference.value };
      const path = rolloutPath(codexHome, meta.id, now, newId());
      const writer = newRollout(path, meta, clock);
      const log = logOf({ path, meta, lock: lock.value, writer });
      return ok({ log, thread: { ...thread.value, path, meta, end: writer.end() } });
    },

    read,
    list: (filter = {}, order = {}) =>
      listThreads(codexHome, filter, { by: "updated", ascending: false, limit: Infinity, ...order }),
    async listed(id) {
      const file = findThread(codexHome, id);
      if (!file.ok) return file;
      const listed = await listedThread(codexHome, file.value);
      return listed ? ok(listed) : err(fail("threadNotFound", id));
    },
    stamp(id) {
      const file = findThread(codexHome, id);
      if (!file.ok) return file;
      const facts = fileFacts(file.value.path);
      return ok(`${file.value.path} ${facts?.size} ${facts?.changedMs}`);
    },
    isActive: (id) => {
      const file = findThread(codexHome, id);
      return file.ok ? ok(!file.value.archived) : file;
    },
    archive: (id) => archiveThread(codexHome, id),
    unarchive: (id) => unarchiveThread(codexHome, id),
    mayDelete: (id) => mayDelete(codexHome, id),
    delete: (id) => deleteThread(codexHome, id),
    note: (id, metadata) => noteMetadata(codexHome, id, metadata),
    metadataOf: (id) => threadMetadata(codexHome).get(id) ?? {},
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
function copyLines(files: ReadDeps, parent: string, writer: RolloutWriter, cut?: HistoryCut): Result<void> {
  const lines = readLines(files, parent, cut);
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
