import { Type as T, type Static } from "@sinclair/typebox";
import { Lenient } from "../schema.ts";
import { JsonValue } from "../values.ts";

export const Params = T.Object(
  {
    threadId: T.String(),
    server: T.String(),
    tool: T.String(),
    arguments: T.Optional(JsonValue),
    _meta: T.Optional(JsonValue),
  },
  { title: "McpServerToolCallParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  {
    content: T.Array(JsonValue),
    structuredContent: T.Optional(JsonValue),
    isError: Lenient(T.Boolean()),
    _meta: T.Optional(JsonValue),
  },
  { title: "McpServerToolCallResponse" },
);
export type Result = Static<typeof Result>;
