import { readHead } from "@codex/platform/read-bytes";
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
  historyMode: "legacy" | "paginated";
  gitInfo: GitInfo | null;
};

/** Read from a file's beginning; undefined where that is not a session's. */
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
    return summaryOf(file, meta, changedMs, start);
  }
  return undefined;
}

/** The first prompt stands behind the instructions, whose length is the user's business. */
const headLengths = [64, 256, 4096].map((kib) => kib * 1024);

type Beginning = Pick<ThreadSummary, "preview" | "model" | "effort">;

function foldBeginning(head: Buffer): Beginning {
  const fold = foldRecords();
  const whole = head.subarray(0, head.lastIndexOf(10) + 1);
  for (const line of rolloutLines(whole, (kind) => !tellsBeginning.has(kind))) if (line.ok) fold.add(line.value);
  const { preview, turnContext } = fold.result();
  return { preview, model: turnContext?.model ?? null, effort: turnContext?.effort ?? null };
}

const tellsBeginning: ReadonlySet<string> = new Set(["response_item", "turn_context", "event_msg/user_message"]);

const summaryOf = (file: RolloutFile, meta: SessionMeta, updatedMs: number, start: Beginning): ThreadSummary => ({
  id: meta.id,
  path: file.path,
  archived: file.archived,
  createdMs: Date.parse(meta.timestamp) || updatedMs,
  updatedMs,
  cwd: meta.cwd,
  ...start,
  modelProvider: meta.model_provider ?? null,
  source: meta.source,
  threadSource: meta.thread_source ?? null,
  originator: meta.originator,
  cliVersion: meta.cli_version,
  sessionId: meta.session_id ?? meta.id,
  forkedFromId: meta.forked_from_id ?? null,
  historyMode: isLegacy(meta) ? "legacy" : "paginated",
  gitInfo: gitInfoOf(meta),
});
