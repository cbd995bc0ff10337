import type { JsonObject } from "@codex/protocol/json";

/** Who asks, and in which window of which turn: the ids that every request of a turn carries. */
export type RequestIdentity = {
  installationId: string;
  /** Of the root thread; equal to `threadId` unless this is a sub-agent. */
  sessionId: string;
  threadId: string;
  turnId: string;
  rootTurnId: string;
  /** Counts the compactions of the thread, from 0. */
  windowNumber: number;
};

/** What else a turn tells about itself. Names and values: requests of the original 0.169.0. */
export type TurnFacts = {
  contextWindowId: string;
  requestKind: "turn" | "prewarm" | "compaction";
  historyInitialization: "new" | "cold_resume" | "cold_fork";
  threadSource: string;
  turnTrigger: "exec" | "user";
  /** How commands are confined: "seccomp", "none" … */
  sandbox: string;
  sandboxMode: string;
  autoReviewEnabled: boolean;
  /** `hasChanges` is left out where nobody has asked git. */
  workspaces: Record<string, { latestCommit?: string | undefined; hasChanges?: boolean }>;
  /** Unix milliseconds. */
  startedAt: number;
  analyticsEnabled: boolean;
  model: string;
  reasoningEffort?: string | undefined;
  forkedFromThreadId?: string | undefined;
  /** The number of the parent's first line that is not the fork's. */
  forkedFromOrdinal?: number | undefined;
  /** Of a compaction request: trigger, reason, implementation, phase, strategy. */
  compaction?: Record<string, string> | undefined;
};

/** `<thread>:<number>`, the value of `x-codex-window-id`. */
export const windowId = ({ threadId, windowNumber }: RequestIdentity): string => `${threadId}:${windowNumber}`;

/** The JSON text of `x-codex-turn-metadata`; ASCII, because it travels as a header too. */
export function turnMetadata(identity: RequestIdentity, facts: TurnFacts): string {
  const metadata = {
    installation_id: identity.installationId,
    session_id: identity.sessionId,
    thread_id: identity.threadId,
    agent_name: "/root",
    turn_id: identity.turnId,
    window_id: windowId(identity),
    window_number: identity.windowNumber,
    context_window_id: facts.contextWindowId,
    request_kind: facts.requestKind,
    history_initialization: facts.historyInitialization,
    root_turn_id: identity.rootTurnId,
    thread_source: facts.threadSource,
    turn_trigger: facts.turnTrigger,
    sandbox: facts.sandbox,
    sandbox_mode: facts.sandboxMode,
    auto_review_enabled: facts.autoReviewEnabled,
    node_repl_auto_review_required: false,
    node_repl_disabled: false,
    workspaces: describeWorkspaces(facts.workspaces),
    turn_started_at_unix_ms: facts.startedAt,
    analytics_enabled: facts.analyticsEnabled,
    model: facts.model,
    // JSON leaves out what is undefined
    reasoning_effort: facts.reasoningEffort,
    forked_from_thread_id: facts.forkedFromThreadId,
    forked_from_ordinal_exclusive: facts.forkedFromOrdinal,
    compaction: facts.compaction,
  };
  return JSON.stringify(metadata).replace(/[^\x20-\x7e]/g, escapeCharacter);
}

function describeWorkspaces(workspaces: TurnFacts["workspaces"]): JsonObject {
  const described: JsonObject = {};
  for (const [path, { latestCommit, hasChanges }] of Object.entries(workspaces))
    described[path] = {
      ...(latestCommit === undefined ? {} : { latest_git_commit_hash: latestCommit }),
      ...(hasChanges === undefined ? {} : { has_changes: hasChanges }),
    };
  return described;
}

const escapeCharacter = (character: string): string => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** The request body's `client_metadata`. */
export const clientMetadata = (identity: RequestIdentity, metadata: string): Record<string, string> => ({
  "x-codex-installation-id": identity.installationId,
  session_id: identity.sessionId,
  thread_id: identity.threadId,
  turn_id: identity.turnId,
  root_turn_id: identity.rootTurnId,
  "x-codex-window-id": windowId(identity),
  "x-codex-turn-metadata": metadata,
});
