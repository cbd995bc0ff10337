import { Type as T, type Static } from "@sinclair/typebox";
import { JsonValue } from "../values.ts";

export const Params = T.Object(
  { threadId: T.String(), items: T.Array(JsonValue) },
  { title: "ThreadInjectItemsParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadInjectItemsResponse" });
export type Result = Static<typeof Result>;
