import type { GitInfo } from "@codex/protocol/thread";
import type { JsonObject, JsonValue } from "@codex/protocol/json";
import type { DynamicToolSpec } from "@codex/protocol/methods/thread-start";
import { given } from "./fields.ts";
import type { SessionMeta } from "./rollout-line.ts";

/** What is known of a thread when it begins. */
export type NewThread = {
  /** A UUIDv7. */
  id: string;
  cwd: string;
  workspaceRoots: string[];
  /** The face: "codex_exec", or the app server's client. */
  originator: string;
  cliVersion: string;
  source: SessionMeta["source"];
  /** Who asked for it: "user". */
  threadSource: string | null;
  modelProvider: string;
  /** Undefined in a fork, which has its parent's. */
  baseInstructions: { text: string; model: string } | undefined;
  /** A UUID for what the model sees at once; new after each compaction. */
  contextWindowId: string;
  gitInfo: GitInfo | null;
  /** Tools that the client runs, in the protocol's words. */
  dynamicTools?: readonly DynamicToolSpec[];
};

/** A new thread's first line, keys in the original's order. */
export function sessionMeta(thread: NewThread, nowMs: number): SessionMeta {
  return {
    account_scoped: true,
    session_id: thread.id,
    id: thread.id,
    timestamp: new Date(nowMs).toISOString(),
    cwd: thread.cwd,
    runtime_workspace_roots: thread.workspaceRoots,
    originator: thread.originator,
    cli_version: thread.cliVersion,
    source: thread.source,
    ...(thread.threadSource === null ? {} : { thread_source: thread.threadSource }),
    model_provider: thread.modelProvider,
    ...instructionFields(thread.baseInstructions),
    ...(thread.dynamicTools?.length ? { dynamic_tools: [...thread.dynamicTools] as JsonValue[] } : {}),
    history_mode: "paginated",
    context_window: { window_id: thread.contextWindowId },
    git: gitFields(thread.gitInfo),
  };
}

function instructionFields(instructions: NewThread["baseInstructions"]): Pick<SessionMeta, "base_instructions"> {
  if (instructions === undefined) return {};
  const { text, model } = instructions;
  return { base_instructions: { text, provenance: { type: "model", model } } };
}

const gitFields = (git: GitInfo | null): JsonObject =>
  given({ commit_hash: git?.sha, branch: git?.branch, repository_url: git?.originUrl });
