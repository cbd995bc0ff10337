import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OptionalNull, ParamsOrNull } from "../schema.ts";

export const Params = ParamsOrNull(
  T.Object(
    { modelProvider: OptionalNull(T.String()), deviceAuth: T.Optional(T.Boolean()) },
    { title: "GatewayOAuthLoginParams" },
  ),
);
export type Params = Static<typeof Params>;

export const GatewayOAuthPrompt = T.Object(
  { loginId: T.String(), verificationUrl: T.String(), userCode: T.String() },
  { title: "GatewayOAuthPrompt" },
);
export type GatewayOAuthPrompt = Static<typeof GatewayOAuthPrompt>;

export const Result = T.Object({ prompt: Nullable(GatewayOAuthPrompt) }, { title: "GatewayOAuthLoginResponse" });
export type Result = Static<typeof Result>;
