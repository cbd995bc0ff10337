import { Type as T, type Static } from "@sinclair/typebox";
import { AccountSession } from "../accounts.ts";
import { Nullable } from "../schema.ts";

export const Params = T.Object(
  { refreshWorkspaceMetadata: T.Optional(T.Boolean()) },
  { title: "AccountSessionsListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { activeSessionId: Nullable(T.String()), sessions: T.Array(AccountSession) },
  { title: "AccountSessionsResponse" },
);
export type Result = Static<typeof Result>;
