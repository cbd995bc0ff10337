import { Type as T, type Static } from "@sinclair/typebox";
import { DynamicToolCallOutputContentItem } from "../items.ts";
import { Nullable } from "../schema.ts";
import { JsonValue } from "../values.ts";

export const Params = T.Object(
  {
    threadId: T.String(),
    turnId: T.String(),
    callId: T.String(),
    namespace: Nullable(T.String()),
    tool: T.String(),
    arguments: JsonValue,
  },
  { title: "DynamicToolCallParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { contentItems: T.Array(DynamicToolCallOutputContentItem), success: T.Boolean() },
  { title: "DynamicToolCallResponse" },
);
export type Result = Static<typeof Result>;
