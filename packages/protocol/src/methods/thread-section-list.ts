import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OptionalNull, Uint32 } from "../schema.ts";
import { ThreadSection } from "../thread.ts";

export const Params = T.Object(
  { cursor: OptionalNull(T.String()), limit: OptionalNull(Uint32) },
  { title: "ThreadSectionListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { data: T.Array(ThreadSection), nextCursor: Nullable(T.String()) },
  { title: "ThreadSectionListResponse" },
);
export type Result = Static<typeof Result>;
