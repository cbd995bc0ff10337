import type { ServerRequestMethod, ServerRequestParams, ServerRequestResults } from "@codex/protocol/approvals";
import type { ThreadEvent } from "@codex/protocol/notifications";

/** Who is told of a thread's events and asked its questions: the app server, which knows the faces. */
export type Audience = {
  notify(event: ThreadEvent): void;
  /** Rejects when `signal` is aborted; "decline" where nobody is there, or nobody gives an answer that we know. */
  ask<M extends ServerRequestMethod>(
    method: M,
    params: ServerRequestParams[M],
    signal: AbortSignal,
  ): Promise<ServerRequestResults[M]>;
};
