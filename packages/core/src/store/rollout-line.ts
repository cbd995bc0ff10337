import type { JsonObject, JsonValue } from "@codex/protocol/json";

/**
 * A rollout file is what a thread consists of on disk: one JSON object a line, only ever appended to.
 * Source: files of the original 0.169.0, and what it accepted of files we wrote by hand.
 *
 * What it needs to resume a file: a first line `session_meta` with `id`, and, where `history_mode` is "paginated", an
 * `ordinal` on the last line. Nothing else is required: not `world_state`, `turn_context`, `item_completed` or a line's
 * `metadata`, nor its own databases; it finds the file by its name. Lines that are no JSON, of unknown type or with
 * unknown keys are passed over, gaps in the ordinals too.
 */
export type RolloutLine = {
  /** RFC 3339 with milliseconds, UTC. */
  timestamp: string;
  /** Counts the thread's lines, on through forks; absent in files with `history_mode` "legacy". */
  ordinal?: number;
  type: string;
  payload: JsonObject;
  [key: string]: JsonValue | undefined;
};

/** The first line's payload. Its keys are ours to add to: the original passes over what it does not know. */
export type SessionMeta = {
  id: string;
  session_id?: string;
  /** When the thread began. */
  timestamp: string;
  cwd: string;
  originator: string;
  cli_version: string;
  source: string | { custom: string };
  model_provider?: string | null;
  /** Absent in old files, which then are "legacy". */
  history_mode?: "paginated" | "legacy";
  /** The part of another file that comes before this one's lines. */
  history_base?: HistoryBase;
  /** Ours: how `history_base`'s bytes looked when they were referred to; see fork-thread.ts. */
  history_base_check?: { xxh3: string };
  forked_from_id?: string;
  forked_from_ordinal_exclusive?: number;
  /** `provenance` tells which model they are for. */
  base_instructions?: { text: string } | { text: string; provenance: JsonObject } | null;
  runtime_workspace_roots?: string[];
  thread_source?: string | null;
  /** `commit_hash`, `branch` and `repository_url`, as far as there are such. */
  git?: JsonObject | null;
  [key: string]: JsonValue | undefined;
};

/**
 * Everything in a file before `end_byte_offset`, which is the start of a line or the end of the file; all three
 * keys are required. `thread_id` is the thread's id for its first file, and the file's own id for a further one. A file may
 * refer to an earlier one of its own thread: that is how the original goes back to before a turn, and the thread then lives
 * in the newer file.
 */
export type HistoryBase = { thread_id: string; end_ordinal_exclusive: number; end_byte_offset: number };

export const isLegacy = (meta: Pick<SessionMeta, "history_mode">): boolean => meta.history_mode !== "paginated";
