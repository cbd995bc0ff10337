import { basename } from "node:path";
import { readBytes } from "@codex/platform/read-bytes";
import { fail, type CodexError } from "@codex/protocol/errors";
import { err, ok, type Result } from "@codex/protocol/result";
import { answerOfItem } from "./answer-of-item.ts";
import { checksum } from "./checksum.ts";
import { decode } from "./codec.ts";
import { fieldsOf, textOf } from "./fields.ts";
import { parseRolloutName } from "./rollout-path.ts";
import { foldRecords, type RecordFold } from "./fold-records.ts";
import { isLegacy, type HistoryBase, type RolloutLine, type SessionMeta } from "./rollout-line.ts";
import { firstLine, lastOfKind, lastOrdinal, lastWholeLine, linesOfKind, rolloutLines } from "./rollout-lines.ts";
import { fileError } from "./store-error.ts";
import type { StoredThread } from "./stored-thread.ts";

export type ReadDeps = {
  /** The files that `history_base.thread_id` may mean, the likeliest first. */
  filesOf(id: string): string[];
};

/** What of a thread is wanted; what is not is passed over unread, which saves most of the work. */
export type Wanted = {
  /** What faces show. */
  turns: boolean;
  /** What the model sees. Wanted where it is not said; the first thing the user said is read in any case. */
  history?: boolean;
};

/** Up to where a thread is read: to the start of a turn, or to the end of one. */
export type HistoryCut = { readonly beforeTurn: string } | { readonly throughTurn: string };

/** Reads a thread from its file and from those it is forked from. 20,000 lines (18 MB) take about 0.1 s. */
export function readRollout(deps: ReadDeps, path: string, want: Wanted, cut?: HistoryCut): Result<StoredThread> {
  const chain = readPart(deps, path, cut);
  if (!chain.ok) return chain;
  const fold = foldRecords();
  const warnings: string[] = [];
  for (const segment of chain.value) {
    warnings.push(...segment.warnings);
    const damaged = addLines(fold, segment, want);
    if (damaged > 0) warnings.push(damageWarning(damaged, segment.path));
  }
  const own = chain.value.at(-1);
  if (own === undefined) return err(notARollout(path));
  const upTo = referenceTo(own);
  const end = { ordinal: (lastOrdinal(own.bytes) ?? -1) + 1, bytes: own.bytes.length };
  const baseInstructions = chain.value.findLast(({ meta }) => meta.base_instructions)?.meta.base_instructions?.text;
  const answers = lostAnswers(chain.value, fold.unanswered());
  const contextWindowId = textOf(fieldsOf(own.meta["context_window"])["window_id"]);
  return ok({
    path,
    meta: own.meta,
    baseInstructions,
    contextWindowId,
    ...fold.result(answers),
    lastItem: lastItemOf(chain.value),
    upTo,
    end,
    warnings,
  });
}

/** Every line that makes up a thread but the files' first ones, as it is. */
export function readLines(deps: ReadDeps, path: string, cut?: HistoryCut): Result<RolloutLine[]> {
  const chain = readPart(deps, path, cut);
  if (!chain.ok) return chain;
  const lines = chain.value.flatMap(({ bytes }) => rolloutLines(bytes, (kind) => kind === "session_meta").toArray());
  return ok(lines.flatMap((line) => (line.ok ? [line.value] : [])));
}

/** One file's part of a thread. */
type Segment = { path: string; meta: SessionMeta; bytes: Buffer; warnings: string[] };

/** The ordinal of the last line with an item. */
function lastItemOf(chain: readonly Segment[]): number | undefined {
  for (const { bytes } of chain.toReversed()) {
    const line = lastOfKind(bytes, "event_msg/item_completed");
    if (line) return line.ordinal;
  }
  return undefined;
}

function readPart(deps: ReadDeps, path: string, cut: HistoryCut | undefined): Result<Segment[]> {
  const chain = readChain(deps, path, []);
  return chain.ok && cut !== undefined ? cutChain(chain.value, cut) : chain;
}

function cutChain(chain: readonly Segment[], cut: HistoryCut): Result<Segment[]> {
  const wanted = "beforeTurn" in cut ? cut.beforeTurn : cut.throughTurn;
  let found = false;
  for (const [index, segment] of chain.entries()) {
    for (const { start, line } of linesOfKind(segment.bytes, "event_msg/task_started")) {
      if (found || ("beforeTurn" in cut && line.payload["turn_id"] === wanted)) {
        return ok([...chain.slice(0, index), { ...segment, bytes: segment.bytes.subarray(0, start) }]);
      }
      found = line.payload["turn_id"] === wanted;
    }
  }
  return found ? ok([...chain]) : err(fail("turnNotFound", wanted));
}

/** What a fork or a return to here refers to; undefined where lines have no numbers. */
function referenceTo({ path, meta, bytes }: Segment): StoredThread["upTo"] {
  const { end, ordinal } = lastWholeLine(bytes);
  if (isLegacy(meta) || ordinal === undefined) return undefined;
  const thread_id = parseRolloutName(basename(path))?.segmentId ?? meta.id;
  return { path, base: { thread_id, end_ordinal_exclusive: ordinal + 1, end_byte_offset: end } };
}

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
  for (const path of deps.filesOf(base.thread_id)) {
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
function fits(bytes: Buffer, base: HistoryBase): boolean {
  if (base.end_byte_offset === 0) return true;
  if (base.end_byte_offset > bytes.length || bytes[base.end_byte_offset - 1] !== 10) return false;
  const last = lastWholeLine(bytes.subarray(0, base.end_byte_offset)).ordinal;
  return last === undefined || last < base.end_ordinal_exclusive;
}

function metaOf(bytes: Buffer): SessionMeta | undefined {
  const line = firstLine(bytes);
  if (line?.ok !== true || line.value.type !== "session_meta") return undefined;
  return typeof line.value.payload["id"] === "string" ? (line.value.payload as SessionMeta) : undefined;
}

/** Gives the number of damaged lines. */
function addLines(fold: RecordFold, { bytes, meta }: Segment, want: Wanted): number {
  let damaged = 0;
  // Older files' turns show in the history alone, and images stand there only.
  const history = want.history !== false || isLegacy(meta) || bytes.includes(imageReference);
  const skip = (kind: string): boolean =>
    isIdle.has(kind) ||
    (!want.turns && isForFaces.has(kind)) ||
    (!history && fold.hasPreview() && isForModel.has(kind));
  for (const line of rolloutLines(bytes, skip)) {
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
const isForModel: ReadonlySet<string> = new Set(["response_item", "world_state", "compacted"]);
/** How a shown image names the bytes that stand in the history; see user-input-payload.ts. */
const imageReference = '"rollout:';

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
