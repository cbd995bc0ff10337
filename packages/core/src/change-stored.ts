import { fail, type CodexError } from "@codex/protocol/errors";
import type { Params } from "@codex/protocol/methods";
import { err, ok, type Result } from "@codex/protocol/result";
import type { GitInfo } from "@codex/protocol/thread";
import type { LoadedThreads } from "./loaded-threads.ts";
import { gitInfoOf } from "./store/git-info.ts";
import type { ThreadStore } from "./store/thread-store.ts";

/** Changes to what is stored of a thread, loaded or not. Ids have been checked. */
export function changeStored(store: ThreadStore, loaded: LoadedThreads) {
  /** "threadNotFound" for one that is neither loaded nor stored. */
  const known = (id: string): Result<void> => {
    const running = loaded.get(id);
    if (running) return running.isStored ? ok(undefined) : err(fail("ephemeralThread", id));
    const active = store.isActive(id);
    return active.ok ? ok(undefined) : active;
  };

  const gitOf = (id: string): GitInfo | null => {
    const running = loaded.get(id)?.describe({ turns: false });
    if (running) return running.gitInfo;
    const { gitInfo } = store.metadataOf(id);
    const stored = gitInfo === undefined ? store.read(id, { turns: false, history: false }) : undefined;
    return stored?.ok ? gitInfoOf(stored.value.meta) : (gitInfo ?? null);
  };

  return {
    name({ threadId, name }: Params<"thread/name/set">): Result<string> {
      const trimmed = name.trim();
      if (trimmed === "") return err(fail("emptyThreadName"));
      const thread = known(threadId);
      const named = thread.ok ? store.setName(threadId, trimmed) : thread;
      if (!named.ok) return named;
      loaded.get(threadId)?.note({ name: trimmed });
      return ok(trimmed);
    },

    note(params: Params<"thread/metadata/update">): Result<void> {
      const { threadId: id, gitInfo: patch, daybreakEnabled } = params;
      const thread = known(id);
      const refused = thread.ok ? refusal(params) : thread.error;
      if (refused) return err(refused);
      const noted = {
        ...(patch ? { gitInfo: patched(gitOf(id), patch) } : {}),
        ...(typeof daybreakEnabled === "boolean" ? { daybreakEnabled } : {}),
      };
      const stored = store.note(id, noted);
      if (stored.ok) loaded.get(id)?.note(noted);
      return stored;
    },

    async archive(id: string): Promise<Result<void>> {
      const running = loaded.get(id);
      // Nothing of it may be on disk yet.
      if (running?.isStored && !store.isActive(id).ok) running.materialise();
      const active = running?.isStored === false ? err(fail("threadNotFound", id)) : store.isActive(id);
      if (!active.ok) return active;
      if (!active.value) return err(fail("threadNotFound", id));
      await loaded.unload(id);
      return store.archive(id);
    },

    async delete(id: string): Promise<Result<void>> {
      const running = loaded.get(id);
      if (running && !running.isStored) return err(fail("notStored", id));
      const isNew = running !== undefined && !store.isActive(id).ok;
      const refused = isNew ? ok(undefined) : await store.mayDelete(id);
      if (!refused.ok) return refused;
      await loaded.unload(id);
      return isNew ? ok(undefined) : store.delete(id);
    },
  };
}

function refusal({ gitInfo, projectId, daybreakEnabled }: Params<"thread/metadata/update">): CodexError | undefined {
  if (projectId) return fail("refusedParams", `project not found: ${projectId}`);
  if (!gitInfo && projectId === undefined && typeof daybreakEnabled !== "boolean") {
    return fail("refusedParams", "thread metadata update must include at least one field");
  }
  if (!gitInfo) return undefined;
  const given = Object.entries(gitInfo).filter(([key, value]) => gitKeys.has(key) && value !== undefined);
  if (given.length === 0) return fail("refusedParams", "gitInfo must include at least one field");
  const empty = given.find(([, value]) => typeof value === "string" && value.trim() === "");
  return empty && fail("refusedParams", `gitInfo.${empty[0]} must not be empty`);
}

const gitKeys: ReadonlySet<string> = new Set(["sha", "branch", "originUrl"]);

/** What is not named stays, what is null is taken out. */
function patched(before: GitInfo | null, { sha, branch, originUrl }: Partial<GitInfo>): GitInfo {
  const choose = (now: string | null | undefined, then: string | null | undefined): string | null =>
    now === undefined ? (then ?? null) : (now?.trim() ?? null);
  return {
    sha: choose(sha, before?.sha),
    branch: choose(branch, before?.branch),
    originUrl: choose(originUrl, before?.originUrl),
  };
}
