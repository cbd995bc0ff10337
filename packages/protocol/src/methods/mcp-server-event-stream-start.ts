import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";
import { JsonValue } from "../values.ts";

export const Params = T.Object(
  {
    threadId: T.String(),
    server: T.String(),
    subscriptionId: T.String(),
    name: T.String(),
    arguments: JsonValue,
    _meta: OptionalNull(JsonValue),
  },
  { title: "McpServerEventStreamStartParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "McpServerEventStreamStartResponse" });
export type Result = Static<typeof Result>;
