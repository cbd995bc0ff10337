import { join } from "node:path";
import { isUuid } from "@codex/platform/ids";
import { localTime } from "@codex/platform/local-time";

/**
 * Where a new file of a thread goes: by the day and second it began, in local time. `fileId` for a thread's further file,
 * that of a thread which went back to before a turn.
 */
export function rolloutPath(codexHome: string, threadId: string, startedMs: number, fileId?: string): string {
  const at = localTime(startedMs);
  const two = (n: number): string => String(n).padStart(2, "0");
  const date = [String(at.year), two(at.month), two(at.day)].join("-");
  const time = [at.hour, at.minute, at.second].map(two).join("-");
  const id = fileId === undefined ? threadId : `${threadId}_${fileId}`;
  const name = `rollout-${date}T${time}-${id}.jsonl`;
  return join(codexHome, "sessions", ...date.split("-"), name);
}

/** The place of a file among those that are not archived, by the day in its name. */
export function activePath(codexHome: string, name: string): string | undefined {
  const startedAt = parseRolloutName(name)?.startedAt;
  return startedAt && join(codexHome, "sessions", ...startedAt.slice(0, 10).split("-"), name);
}

export const archivedPath = (codexHome: string, name: string): string => join(codexHome, "archived_sessions", name);

/**
 * What a file's name says. The original gives a thread a further file, `…-<thread id>_<file id>.jsonl`, when it goes back to
 * before a turn; the newest is then the thread's. `startedMs` is the Unix time that the newer of the ids holds.
 */
export type RolloutName = {
  threadId: string;
  /** What other files call this one: the id of a further file, else the thread's. */
  segmentId: string;
  startedAt: string;
  startedMs: number;
};

export function parseRolloutName(name: string): RolloutName | undefined {
  const [, startedAt, threadId, fileId] = pattern.exec(name) ?? [];
  if (startedAt === undefined || threadId === undefined || !isUuid(threadId)) return undefined;
  const segmentId = fileId ?? threadId;
  return { threadId, segmentId, startedAt, startedMs: timeOfId(segmentId) ?? timeOfName(startedAt) };
}

const pattern = /^rollout-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)-([0-9a-f-]{36})(?:_([0-9a-f-]{36}))?\.jsonl$/;

/** A UUIDv7 begins with 48 bits of Unix milliseconds. */
const timeOfId = (id: string): number | undefined =>
  id[14] === "7" ? Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16) : undefined;

/** Taken as if it were UTC: near enough to put a file of unknown make among the others. */
const timeOfName = (startedAt: string): number =>
  Date.parse(`${startedAt.slice(0, 11)}${startedAt.slice(11).replaceAll("-", ":")}Z`) || 0;
