import { Type as T, type Static } from "@sinclair/typebox";
import { BigInt64, Lenient, OptionalNull, Words } from "../schema.ts";

export const McpServerOauthClientRegistration = Words(["auto", "cimd", "dcr"], {
  title: "McpServerOauthClientRegistration",
});
export type McpServerOauthClientRegistration = Static<typeof McpServerOauthClientRegistration>;

export const Params = T.Object(
  {
    name: T.String(),
    threadId: OptionalNull(T.String()),
    clientRegistration: OptionalNull(McpServerOauthClientRegistration),
    scopes: OptionalNull(T.Array(T.String())),
    timeoutSecs: OptionalNull(BigInt64),
  },
  { title: "McpServerOauthLoginParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { authorizationUrl: T.String(), loginId: Lenient(T.String()) },
  { title: "McpServerOauthLoginResponse" },
);
export type Result = Static<typeof Result>;
