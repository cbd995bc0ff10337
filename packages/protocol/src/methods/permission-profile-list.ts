import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OptionalNull, Uint32 } from "../schema.ts";

export const Params = T.Object(
  { cursor: OptionalNull(T.String()), limit: OptionalNull(Uint32), cwd: OptionalNull(T.String()) },
  { title: "PermissionProfileListParams" },
);
export type Params = Static<typeof Params>;

export const PermissionProfileSummary = T.Object(
  { id: T.String(), description: Nullable(T.String()), allowed: T.Boolean() },
  { title: "PermissionProfileSummary" },
);
export type PermissionProfileSummary = Static<typeof PermissionProfileSummary>;

export const Result = T.Object(
  { data: T.Array(PermissionProfileSummary), nextCursor: Nullable(T.String()) },
  { title: "PermissionProfileListResponse" },
);
export type Result = Static<typeof Result>;
