import { toHeaderValue } from "./header-value.ts";
import { type RequestIdentity, windowId } from "./turn-metadata.ts";

export type RequestHeaders = {
  identity: RequestIdentity;
  /** From `turnMetadata`. */
  metadata: string;
  originator: string;
  /** From `userAgent`. */
  userAgent: string;
  /** Names of the beta features in use, such as `remote_compaction_v2`. */
  betaFeatures: readonly string[];
};

/** The headers that say who asks; the provider's own and the token are added where the request is made. */
export const requestHeaders = (request: RequestHeaders): Record<string, string> => ({
  originator: toHeaderValue(request.originator),
  "user-agent": request.userAgent,
  "session-id": request.identity.sessionId,
  "thread-id": request.identity.threadId,
  "x-client-request-id": request.identity.threadId,
  "x-codex-window-id": windowId(request.identity),
  "x-codex-turn-metadata": request.metadata,
  ...(request.betaFeatures.length === 0 ? {} : { "x-codex-beta-features": request.betaFeatures.join(",") }),
});
