import { Type as T, type Static } from "@sinclair/typebox";
import { Int64, OptionalNull } from "./schema.ts";
import { RequestId } from "./values.ts";

/** The lines on the wire. They carry no `jsonrpc`; a notification of the server has `emittedAtMs` beside these fields. */
export { RequestId };

export const W3cTraceContext = T.Object(
  { traceparent: OptionalNull(T.String()), tracestate: OptionalNull(T.String()) },
  { title: "W3cTraceContext" },
);

export const JSONRPCRequest = T.Object(
  {
    id: RequestId,
    method: T.String(),
    params: T.Optional(T.Unknown()),
    trace: OptionalNull(W3cTraceContext),
  },
  { title: "JSONRPCRequest" },
);

export const JSONRPCNotification = T.Object(
  { method: T.String(), params: T.Optional(T.Unknown()) },
  { title: "JSONRPCNotification" },
);

export const JSONRPCResponse = T.Object({ id: RequestId, result: T.Unknown() }, { title: "JSONRPCResponse" });

export const JSONRPCErrorError = T.Object(
  { code: Int64, message: T.String(), data: T.Optional(T.Unknown()) },
  { title: "JSONRPCErrorError" },
);

export const JSONRPCError = T.Object({ id: RequestId, error: JSONRPCErrorError }, { title: "JSONRPCError" });

export const JSONRPCMessage = T.Union([JSONRPCRequest, JSONRPCNotification, JSONRPCResponse, JSONRPCError], {
  title: "JSONRPCMessage",
});
export type JSONRPCMessage = Static<typeof JSONRPCMessage>;
