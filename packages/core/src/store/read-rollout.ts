import { readBytes } from "@codex/platform/read-bytes";
import type { CodexError } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { answerOfItem } from "./answer-of-item.ts";
import { checksum } from "./checksum.ts";
import { decode } from "./codec.ts";
import { fieldsOf, textOf } from "./fields.ts";
import { foldRecords, type RecordFold } from "./fold-records.ts";
import type { HistoryBase, RolloutLine, SessionMeta } from "./rollout-line.ts";
import { firstLine, lastOrdinal, rolloutLines } from "./rollout-lines.ts";
import { fileError } from "./store-error.ts";
import type { StoredThread } from "./stored-thread.ts";

export type ReadDeps = {
  /** The files of a thread, newest first. */
  filesOf(threadId: string): string[];
};

/**
 * Reads a thread from its file and from those it is forked from. `turns: false` leaves out what only faces show, which is
 * most of the work. 20,000 lines (18 MB) take about 0.1 s.
 */
export function readRollout(deps: ReadDeps, path: string, want: { turns: boolean }): Result<StoredThread> {
  const chain = readChain(deps, path, []);
  if (!chain.ok) return chain;
  const fold = foldRecords();
  const warnings: string[] = [];
  for (const segment of chain.value) {
    warnings.push(...segment.warnings);
    const damaged = addLines(fold, segment.bytes, want);
    if (damaged > 0) warnings.push(damageWarning(damaged, segment.path));
  }
  const own = chain.value.at(-1);
  if (own === undefined) return err(notARollout(path));
  const end = { ordinal: (lastOrdinal(own.bytes) ?? -1) + 1, bytes: own.bytes.length };
  const baseInstructions = chain.value.findLast(({ meta }) => meta.base_instructions)?.meta.base_instructions?.text;
  const answers = lostAnswers(chain.value, fold.unanswered());
  const contextWindowId = textOf(fieldsOf(own.meta["context_window"])["window_id"]);
  return ok({ path, meta: own.meta, baseInstructions, contextWindowId, ...fold.result(answers), end, warnings });
}

/** Every line that makes up a thread but the files' first ones, as it is. */
export function readLines(deps: ReadDeps, path: string): Result<RolloutLine[]> {
  const chain = readChain(deps, path, []);
  if (!chain.ok) return chain;
  const lines = chain.value.flatMap(({ bytes }) => rolloutLines(bytes, (kind) => kind === "session_meta").toArray());
  return ok(lines.flatMap((line) => (line.ok ? [line.value] : [])));
}

/** One file's part of a thread. */
type Segment = { path: string; meta: SessionMeta; bytes: Buffer; warnings: string[] };

/** The thread's files in the order of its lines, each cut where the next begins. */
function readChain(deps: ReadDeps, path: string, seen: readonly string[]): Result<Segment[]> {
  const bytes = readBytes(path);
  if (!bytes.ok) return err(fileError("read", bytes.error));
  const meta = metaOf(bytes.value);
  if (meta === undefined) return err(notARollout(path));
  const own: Segment = { path, meta, bytes: bytes.value, warnings: [] };
  const base = meta.history_base;
  if (base === undefined) return ok([own]);
  return readBase(deps, own, base, [...seen, path]);
}

function readBase(deps: ReadDeps, own: Segment, base: HistoryBase, seen: readonly string[]): Result<Segment[]> {
  const files = deps.filesOf(base.thread_id);
  // Of its own thread's files one continues an older one only; where it is not among them this keeps all.
  for (const path of files.slice(files.indexOf(own.path) + 1)) {
    if (seen.includes(path)) continue;
    const chain = readChain(deps, path, seen);
    if (!chain.ok) return chain;
    const parent = chain.value.at(-1);
    if (parent === undefined || !fits(parent.bytes, base)) continue;
    const bytes = parent.bytes.subarray(0, base.end_byte_offset);
    const check = own.meta.history_base_check?.xxh3;
    const warnings = check === undefined || check === checksum(bytes) ? [] : [changedWarning(path)];
    return ok([...chain.value.slice(0, -1), { ...parent, bytes, warnings: [...parent.warnings, ...warnings] }, own]);
  }
  return err(missingParent(own, base));
}

/** A thread may have several files; the one meant has a line that ends where the reference says. */
const fits = (bytes: Buffer, base: HistoryBase): boolean =>
  base.end_byte_offset <= bytes.length && (base.end_byte_offset === 0 || bytes[base.end_byte_offset - 1] === 10);

function metaOf(bytes: Buffer): SessionMeta | undefined {
  const line = firstLine(bytes);
  if (line?.ok !== true || line.value.type !== "session_meta") return undefined;
  return typeof line.value.payload["id"] === "string" ? (line.value.payload as SessionMeta) : undefined;
}

/** Gives the number of damaged lines. */
function addLines(fold: RecordFold, bytes: Buffer, want: { turns: boolean }): number {
  let damaged = 0;
  for (const line of rolloutLines(bytes, (kind) => isIdle.has(kind) || (!want.turns && isForFaces.has(kind)))) {
    if (line.ok) fold.add(line.value);
    else damaged++;
  }
  return damaged;
}

/** What the items of unanswered calls tell of their end; only a killed process leaves such calls. */
function lostAnswers(segments: readonly Segment[], calls: ReadonlySet<string>): ReadonlyMap<string, string> {
  const answers = new Map<string, string>();
  if (calls.size === 0) return answers;
  for (const { bytes } of segments) {
    for (const line of rolloutLines(bytes, (kind) => kind !== "event_msg/item_completed")) {
      const record = line.ok ? decode(line.value) : undefined;
      if (record?.type !== "itemCompleted" || !calls.has(record.item.id)) continue;
      const answer = answerOfItem(record.item);
      if (answer !== undefined) answers.set(record.item.id, answer);
    }
  }
  return answers;
}

/** Lines that tell nothing the fold keeps. */
const isIdle: ReadonlySet<string> = new Set(["session_meta", "event_msg/agent_message", "event_msg/agent_reasoning"]);
const isForFaces: ReadonlySet<string> = new Set(["event_msg/item_completed", "token_usage_record"]);

const notARollout = (path: string): CodexError => ({
  code: "internal",
  message: `${path} is not a session file: its first line does not describe a session.`,
});

const missingParent = (own: Segment, base: HistoryBase): CodexError => ({
  code: "threadNotFound",
  message:
    `Session ${own.meta.id} continues session ${base.thread_id}, whose file is missing or cut short. ` +
    "Put that file back into the sessions folder to go on.",
});

const damageWarning = (lines: number, path: string): string =>
  `${lines === 1 ? "One damaged line" : `${lines} damaged lines`} in ${path} ${lines === 1 ? "was" : "were"} passed over.`;

const changedWarning = (path: string): string =>
  `${path} was changed since this session was forked from it: what the model saw then may differ from what it sees now.`;
