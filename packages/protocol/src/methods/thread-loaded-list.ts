import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OptionalNull, Uint32 } from "../schema.ts";

export const Params = T.Object(
  { cursor: OptionalNull(T.String()), limit: OptionalNull(Uint32) },
  { title: "ThreadLoadedListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { data: T.Array(T.String()), nextCursor: Nullable(T.String()) },
  { title: "ThreadLoadedListResponse" },
);
export type Result = Static<typeof Result>;
