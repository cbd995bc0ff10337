import type { JsonObject } from "@codex/protocol/json";

/** Who sends a request and on which occasion. */
export type RequestOrigin = {
  readonly installationId: string;
  readonly sessionId: string;
  readonly threadId: string;
  readonly turnId: string;
  /** How often the context has been compacted. */
  readonly windowNumber: number;
  readonly contextWindowId: string;
  readonly kind: "turn" | "compaction";
  readonly historyInitialization: "new" | "cold_resume" | "cold_fork";
  /** Who started the turn: "exec" or "user". */
  readonly turnTrigger: string;
  /** What confines commands, "seccomp" or "none". */
  readonly sandbox: string;
  readonly sandboxMode: string;
  /** Unix milliseconds. */
  readonly turnStartedAt: number;
  readonly model: string;
  readonly reasoningEffort?: string;
};

/** The JSON of the header `x-codex-turn-metadata`. Source: requests of the original 0.169.0. */
export function turnMetadata(origin: RequestOrigin): string {
  return JSON.stringify({
    installation_id: origin.installationId,
    session_id: origin.sessionId,
    thread_id: origin.threadId,
    agent_name: "/root",
    turn_id: origin.turnId,
    window_id: windowId(origin),
    window_number: origin.windowNumber,
    context_window_id: origin.contextWindowId,
    request_kind: origin.kind,
    history_initialization: origin.historyInitialization,
    root_turn_id: origin.turnId,
    thread_source: "user",
    turn_trigger: origin.turnTrigger,
    sandbox: origin.sandbox,
    sandbox_mode: origin.sandboxMode,
    turn_started_at_unix_ms: origin.turnStartedAt,
    model: origin.model,
    ...(origin.reasoningEffort === undefined ? {} : { reasoning_effort: origin.reasoningEffort }),
  } satisfies JsonObject);
}

/** The request body's `client_metadata`. */
export function clientMetadata(origin: RequestOrigin): Record<string, string> {
  return {
    "x-codex-installation-id": origin.installationId,
    session_id: origin.sessionId,
    thread_id: origin.threadId,
    turn_id: origin.turnId,
    root_turn_id: origin.turnId,
    "x-codex-window-id": windowId(origin),
    "x-codex-turn-metadata": turnMetadata(origin),
  };
}

/** Also the header `x-codex-window-id`. */
export const windowId = (origin: Pick<RequestOrigin, "threadId" | "windowNumber">): string =>
  `${origin.threadId}:${origin.windowNumber}`;
