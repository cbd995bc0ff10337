import type { ServerRequest } from "@codex/protocol/approvals";
import { errors, type CodexError } from "@codex/protocol/errors";
import type { ServerNotification } from "@codex/protocol/notifications";
import type { RequestId } from "./read-message.ts";

// The messages of the server, as text. None carries a `jsonrpc` member, as the original sends none.

export const encodeResult = (id: RequestId | null, result: unknown): string =>
  JSON.stringify({ id, result: result === undefined ? null : result });

/** `data.code` names the failure for programs, whatever the sentence says. */
export const encodeError = (id: RequestId | null, { code, message, data }: CodexError): string =>
  JSON.stringify({
    error: { code: errors[code].rpc, message, data: { code, ...reasons[code], ...data } },
    id,
  });

const reasons: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  draining: { reason: "serverShuttingDown" },
};

export const encodeQuestion = ({ id, method, params }: ServerRequest): string => JSON.stringify({ method, id, params });

/** The text of one notification is the same for every client, so it is made once. */
let latest: { notification: ServerNotification; text: string } | undefined;

export function encodeNotification(notification: ServerNotification): string {
  if (latest?.notification !== notification) {
    const { method, params } = notification;
    latest = { notification, text: JSON.stringify({ method, params, emittedAtMs: Date.now() }) };
  }
  return latest.text;
}
