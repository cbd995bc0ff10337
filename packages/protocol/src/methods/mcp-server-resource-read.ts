import { Type as T, type Static } from "@sinclair/typebox";
import { Lenient, Nullable, OptionalNull, OrNull } from "../schema.ts";
import { JsonValue } from "../values.ts";

export const McpResourceReadTarget = T.Object(
  { connectorId: T.String(), linkId: OrNull(T.String()) },
  { title: "McpResourceReadTarget" },
);
export type McpResourceReadTarget = Static<typeof McpResourceReadTarget>;

export const Params = T.Object(
  {
    _meta: OptionalNull(T.Record(T.String(), JsonValue)),
    threadId: OptionalNull(T.String()),
    originCallId: OptionalNull(T.String()),
    server: T.String(),
    uri: T.String(),
    connectorId: OptionalNull(T.String()),
    target: OptionalNull(McpResourceReadTarget),
  },
  { title: "McpResourceReadParams" },
);
export type Params = Static<typeof Params>;

export const ResourceContent = T.Union(
  [
    T.Object({ uri: T.String(), mimeType: Lenient(T.String()), text: T.String(), _meta: T.Optional(JsonValue) }),
    T.Object({ uri: T.String(), mimeType: Lenient(T.String()), blob: T.String(), _meta: T.Optional(JsonValue) }),
  ],
  { title: "ResourceContent" },
);
export type ResourceContent = Static<typeof ResourceContent>;

export const Result = T.Object(
  { contents: T.Array(ResourceContent), originCallId: Nullable(T.String()) },
  { title: "McpResourceReadResponse" },
);
export type Result = Static<typeof Result>;
