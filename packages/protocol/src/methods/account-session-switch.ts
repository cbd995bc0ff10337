import { Type as T, type Static } from "@sinclair/typebox";
import { AccountSession } from "../accounts.ts";
import { Nullable } from "../schema.ts";

export const Params = T.Object(
  { sessionId: T.String(), accountId: T.String(), allowBrowserLogin: T.Optional(T.Boolean()) },
  { title: "AccountSessionsSwitchParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Union(
  [
    T.Object({ activeSessionId: Nullable(T.String()), sessions: T.Array(AccountSession) }),
    T.Object({ loginId: T.String(), authUrl: T.String() }),
  ],
  { title: "AccountSessionsSwitchResponse" },
);
export type Result = Static<typeof Result>;
