import { Type as T, type Static } from "@sinclair/typebox";
import { AppInfo } from "../apps.ts";
import { Nullable, OptionalNull, Uint32 } from "../schema.ts";

export const Params = T.Object(
  {
    cursor: OptionalNull(T.String()),
    limit: OptionalNull(Uint32),
    threadId: OptionalNull(T.String()),
    forceRefetch: T.Optional(T.Boolean()),
  },
  { title: "AppsListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { data: T.Array(AppInfo), nextCursor: Nullable(T.String()) },
  { title: "AppsListResponse" },
);
export type Result = Static<typeof Result>;
