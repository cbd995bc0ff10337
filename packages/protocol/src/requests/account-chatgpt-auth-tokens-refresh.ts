import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OptionalNull, Words } from "../schema.ts";

export const ChatgptAuthTokensRefreshReason = Words(["unauthorized"], { title: "ChatgptAuthTokensRefreshReason" });
export type ChatgptAuthTokensRefreshReason = Static<typeof ChatgptAuthTokensRefreshReason>;

export const Params = T.Object(
  { reason: ChatgptAuthTokensRefreshReason, previousAccountId: OptionalNull(T.String()) },
  { title: "ChatgptAuthTokensRefreshParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { accessToken: T.String(), chatgptAccountId: T.String(), chatgptPlanType: Nullable(T.String()) },
  { title: "ChatgptAuthTokensRefreshResponse" },
);
export type Result = Static<typeof Result>;
