import { fail, type CodexError } from "@codex/protocol/errors";
import { isObject, parseJson } from "@codex/protocol/json";

/** How requests are told apart; given back as it came. */
export type RequestId = string | number;

/** A message of a client, as far as its envelope says. A `jsonrpc` member is allowed and means nothing. */
export type ClientMessage =
  | { readonly type: "request"; readonly id: RequestId; readonly method: string; readonly params: unknown }
  | { readonly type: "notification"; readonly method: string }
  | { readonly type: "result"; readonly id: RequestId; readonly result: unknown }
  | { readonly type: "error"; readonly id: RequestId; readonly message: string }
  /** `id` is null where the message has none that could be given back. */
  | { readonly type: "malformed"; readonly id: RequestId | null; readonly error: CodexError };

export function readMessage(text: string): ClientMessage {
  const message = parseJson(text);
  if (message === undefined) return malformed(null, fail("parseError", "the message is no JSON"));
  if (Array.isArray(message))
    return malformed(null, fail("invalidRequest", "a batch is not supported; send one message a line"));
  if (!isObject(message)) return malformed(null, fail("invalidRequest", "a message is an object"));
  const { id, method } = message;
  const known = isRequestId(id) ? id : null;
  if (id !== undefined && known === null) {
    return malformed(null, fail("invalidRequest", "an id is a string or a whole number"));
  }
  if (typeof method === "string") {
    return known === null
      ? { type: "notification", method }
      : { type: "request", id: known, method, params: message["params"] };
  }
  if (method === undefined && known !== null) {
    if (isObject(message["error"])) return { type: "error", id: known, message: String(message["error"]["message"]) };
    if ("result" in message) return { type: "result", id: known, result: message["result"] };
  }
  return malformed(known, fail("invalidRequest", "neither a method nor an answer"));
}

const isRequestId = (id: unknown): id is RequestId => typeof id === "string" || Number.isSafeInteger(id);

const malformed = (id: RequestId | null, error: CodexError): ClientMessage => ({ type: "malformed", id, error });
