import { readHead, readTail } from "@codex/platform/read-bytes";
import type { GitInfo } from "@codex/protocol/thread";
import type { RolloutFile } from "./list-rollouts.ts";
import { foldRecords } from "./fold-records.ts";
import { gitInfoOf } from "./git-info.ts";
import { isLegacy, type SessionMeta } from "./rollout-line.ts";
import { firstLine, rolloutLines } from "./rollout-lines.ts";

/** A thread as a list shows it. Times: Unix milliseconds. */
export type ThreadSummary = {
  id: string;
  path: string;
  archived: boolean;
  createdMs: number;
  /** When its file last changed. */
  updatedMs: number;
  /** When its last turn began; `updatedMs` where the file's end does not tell. */
  recencyMs: number;
  cwd: string;
  /** The first thing the user said; "" where the file's beginning does not tell, as in a fork. */
  preview: string;
  model: string | null;
  effort: string | null;
  modelProvider: string | null;
  source: SessionMeta["source"];
  threadSource: string | null;
  originator: string;
  cliVersion: string;
  sessionId: string;
  forkedFromId: string | null;
  /** Which file comes before this one's lines, as `history_base` names it. */
  baseId: string | null;
  historyMode: "legacy" | "paginated";
  gitInfo: GitInfo | null;
};

/** With what was noted of it elsewhere than in its file. */
export type ListedThread = ThreadSummary & { name: string | null; daybreakEnabled: boolean | null };

/** Read from a file's beginning and end; undefined where that is not a session's. */
export function summarise(file: RolloutFile, changedMs: number): ThreadSummary | undefined {
  for (const length of headLengths) {
    const head = readHead(file.path, length);
    if (!head.ok) return undefined;
    const line = firstLine(head.value);
    if (line === undefined && head.value.length === length) continue;
    const meta =
      line?.ok === true && line.value.type === "session_meta" ? (line.value.payload as SessionMeta) : undefined;
    if (typeof meta?.id !== "string") return undefined;
    const start = foldBeginning(head.value);
    if (start.preview === "" && head.value.length === length && length !== headLengths.at(-1)) continue;
    const end = foldEnd(head.value.length < length ? head.value : tailOf(file.path));
    return summaryOf(file, meta, changedMs, { ...start, ...end, recencyMs: end.recencyMs ?? changedMs });
  }
  return undefined;
}

/** The first prompt stands behind the instructions, whose length is the user's business. */
const headLengths = [64, 256, 4096].map((kib) => kib * 1024);

/** Enough for the last turn where that was an exchange of words; after much work the file's time must do. */
const tailLength = 32 * 1024;

function tailOf(path: string): Buffer {
  const tail = readTail(path, tailLength);
  // What comes before the first newline is a part of a line.
  return tail.ok ? tail.value.subarray(tail.value.indexOf(10) + 1) : Buffer.alloc(0);
}

type Beginning = Pick<ThreadSummary, "preview" | "model" | "effort">;

function foldBeginning(head: Buffer): Beginning {
  const fold = foldRecords();
  const whole = head.subarray(0, head.lastIndexOf(10) + 1);
  for (const line of rolloutLines(whole, (kind) => !tellsBeginning.has(kind))) if (line.ok) fold.add(line.value);
  const { preview, turnContext } = fold.result();
  return { preview, model: turnContext?.model ?? null, effort: turnContext?.effort ?? null };
}

const tellsBeginning: ReadonlySet<string> = new Set(["response_item", "turn_context", "event_msg/user_message"]);

/** What the last turn tells that is near enough. */
function foldEnd(tail: Buffer): Partial<Pick<ThreadSummary, "model" | "effort" | "recencyMs">> {
  const fold = foldRecords();
  let recencyMs: number | undefined;
  for (const line of rolloutLines(tail, (kind) => !tellsEnd.has(kind))) {
    if (!line.ok) continue;
    if (line.value.type === "event_msg") recencyMs = Date.parse(line.value.timestamp) || undefined;
    else fold.add(line.value);
  }
  const { turnContext } = fold.result();
  const settings = turnContext === undefined ? {} : { model: turnContext.model, effort: turnContext.effort };
  return { ...settings, ...(recencyMs === undefined ? {} : { recencyMs }) };
}

const tellsEnd: ReadonlySet<string> = new Set(["turn_context", "event_msg/task_started"]);

const summaryOf = (
  file: RolloutFile,
  meta: SessionMeta,
  updatedMs: number,
  told: Beginning & Pick<ThreadSummary, "recencyMs">,
): ThreadSummary => ({
  id: meta.id,
  path: file.path,
  archived: file.archived,
  createdMs: file.startedMs,
  updatedMs,
  cwd: meta.cwd,
  ...told,
  modelProvider: meta.model_provider ?? null,
  source: meta.source,
  threadSource: meta.thread_source ?? null,
  originator: meta.originator,
  cliVersion: meta.cli_version,
  sessionId: meta.session_id ?? meta.id,
  forkedFromId: meta.forked_from_id ?? null,
  baseId: meta.history_base?.thread_id ?? null,
  historyMode: isLegacy(meta) ? "legacy" : "paginated",
  gitInfo: gitInfoOf(meta),
});
