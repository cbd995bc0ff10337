import { createModel } from "@codex/model/create-model";
import type { ModelEvent } from "@codex/model/model-event";
import { requestHeaders } from "@codex/model/request-headers";
import { clientMetadata, turnMetadata, type RequestIdentity } from "@codex/model/turn-metadata";
import { createTurnState } from "@codex/model/turn-state";
import type { Environment } from "@codex/platform/env";
import type { ResponsesRequest } from "@codex/protocol/responses";
import type { OpenTurn } from "./open-turn.ts";
import { modeOf } from "./thread-settings.ts";

/** Asks the model on behalf of a thread's turns. */
export type Sampler = {
  /** What stays the same for every request of the turn is made once, here. */
  startTurn(
    turn: OpenTurn,
    about?: { readonly compaction: Record<string, string> },
  ): {
    readonly clientMetadata: Record<string, string>;
    stream(request: () => ResponsesRequest, signal: AbortSignal): AsyncIterable<ModelEvent>;
  };
};

export type SamplerFacts = {
  readonly installationId: string;
  readonly originator: string;
  readonly userAgent: string;
  readonly threadSource: string;
  readonly historyInitialization: "new" | "cold_resume" | "cold_fork";
  readonly forkedFrom: { readonly id: string; readonly ordinal: number | undefined } | undefined;
  /** A UUID for the context window, new with each load of the thread. */
  readonly contextWindowId: string;
  readonly env: Environment;
  readonly debug: (message: string) => void;
  /** The commit checked out in a folder, from its files; undefined outside a checkout. */
  commitOf(cwd: string): { sha?: string } | undefined;
};

export function createSampler(facts: SamplerFacts): Sampler {
  return {
    startTurn: (turn, about) => {
      const { settings } = turn;
      const identity: RequestIdentity = {
        installationId: facts.installationId,
        sessionId: turn.threadId,
        threadId: turn.threadId,
        turnId: turn.id,
        rootTurnId: turn.wish.rootTurnId ?? turn.id,
        windowNumber: turn.windowNumber,
      };
      const metadata = turnMetadata(identity, {
        ...describeTurn(turn, facts),
        ...(about && { requestKind: "compaction", compaction: about.compaction }),
      });
      const { originator, userAgent } = facts;
      const headers = requestHeaders({ identity, metadata, originator, userAgent, betaFeatures: [] });
      const model = createModel(settings.provider, { env: facts.env, debug: facts.debug });
      const turnState = createTurnState();
      return {
        clientMetadata: { ...settings.config.responses_api_metadata, ...clientMetadata(identity, metadata) },
        stream: (request, signal) => model.stream(request, { headers, turnState, signal }),
      };
    },
  };
}

function describeTurn(turn: OpenTurn, facts: SamplerFacts): Parameters<typeof turnMetadata>[1] {
  const { settings } = turn;
  const checkout = facts.commitOf(settings.cwd);
  const unconfined = settings.policy.type === "dangerFullAccess" || settings.policy.type === "externalSandbox";
  return {
    contextWindowId: facts.contextWindowId,
    requestKind: "turn",
    historyInitialization: facts.historyInitialization,
    threadSource: facts.threadSource,
    turnTrigger: turn.wish.trigger === "exec" ? "exec" : "user",
    sandbox: unconfined ? "none" : "seccomp",
    sandboxMode: modeOf(settings.policy),
    autoReviewEnabled: settings.reviewer !== "user",
    // Whether files have changed is left out of it: only git could tell.
    workspaces: checkout ? { [settings.cwd]: { latestCommit: checkout.sha } } : {},
    startedAt: turn.startedAtMs,
    analyticsEnabled: settings.config.analytics?.enabled ?? true,
    model: settings.model.slug,
    reasoningEffort: settings.effort ?? settings.model.defaultReasoningEffort,
    forkedFromThreadId: facts.forkedFrom?.id,
    forkedFromOrdinal: facts.forkedFrom?.ordinal,
  };
}
