import { Type as T, type Static } from "@sinclair/typebox";
import { GatewayOAuthStatus } from "../accounts.ts";
import { Declared, Nullable, OptionalNull, ParamsOrNull } from "../schema.ts";

export const Params = ParamsOrNull(
  T.Object({ modelProvider: OptionalNull(T.String()) }, { title: "GatewayOAuthReadParams" }),
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  {
    providerId: T.String(),
    providerName: T.String(),
    required: T.Boolean(),
    supportsDeviceAuth: Declared(T.Optional(T.Boolean()), false),
    status: Nullable(GatewayOAuthStatus),
    error: Nullable(T.String()),
  },
  { title: "GatewayOAuthReadResponse" },
);
export type Result = Static<typeof Result>;
