import type { HttpFailure } from "@codex/platform/http";
import type { TextReply, TextRequest } from "@codex/platform/fetch-text";
import type { Result } from "@codex/protocol/result";

/** One exchange with the sign-in service; never rejects. */
export type AuthHttp = (
  request: Pick<TextRequest, "method" | "url" | "headers" | "body" | "timeoutMs" | "signal">,
) => Promise<Result<Pick<TextReply, "status" | "text">, HttpFailure>>;

/** How we present ourselves. */
export type AuthClient = { originator: string; userAgent: string };

export const clientHeaders = ({ originator, userAgent }: AuthClient): Record<string, string> => ({
  originator,
  "user-agent": userAgent,
});
