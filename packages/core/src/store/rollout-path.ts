import { join } from "node:path";
import { isUuid } from "@codex/platform/ids";
import { localTime } from "@codex/platform/local-time";

/** Where a new thread's file goes: by the day and second it began, in local time. */
export function rolloutPath(codexHome: string, threadId: string, startedMs: number): string {
  const at = localTime(startedMs);
  const two = (n: number): string => String(n).padStart(2, "0");
  const [year, month, day] = [String(at.year), two(at.month), two(at.day)];
  const time = [at.hour, at.minute, at.second].map(two).join("-");
  return join(codexHome, "sessions", year, month, day, `rollout-${year}-${month}-${day}T${time}-${threadId}.jsonl`);
}

/**
 * What a file's name says. The original gives a thread a further file, `…-<thread id>_<file id>.jsonl`, when it goes back to
 * before a turn; the newest is then the thread's.
 */
export type RolloutName = { threadId: string; startedAt: string };

export function parseRolloutName(name: string): RolloutName | undefined {
  const [, startedAt, threadId] = pattern.exec(name) ?? [];
  if (startedAt === undefined || threadId === undefined || !isUuid(threadId)) return undefined;
  return { threadId, startedAt };
}

const pattern = /^rollout-(\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d)-([0-9a-f-]{36})(?:_[0-9a-f-]{36})?\.jsonl$/;
