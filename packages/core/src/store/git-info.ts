import type { GitInfo } from "@codex/protocol/thread";
import { textOf } from "./fields.ts";
import type { SessionMeta } from "./rollout-line.ts";

/** Where a thread's repository stood when it began, of its first line; null outside one. */
export function gitInfoOf({ git }: Pick<SessionMeta, "git">): GitInfo | null {
  if (git === undefined || git === null || Object.keys(git).length === 0) return null;
  return {
    sha: textOf(git["commit_hash"]) ?? null,
    branch: textOf(git["branch"]) ?? null,
    originUrl: textOf(git["repository_url"]) ?? null,
  };
}
