import { Type as T, type Static } from "@sinclair/typebox";
import { RemoteControlConnectionStatus } from "../remote-control.ts";
import { Nullable, ParamsAreNull } from "../schema.ts";

export const Params = ParamsAreNull(
  T.Object({ ephemeral: T.Optional(T.Boolean()) }, { title: "RemoteControlDisableParams" }),
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  {
    status: RemoteControlConnectionStatus,
    serverName: T.String(),
    installationId: T.String(),
    environmentId: Nullable(T.String()),
  },
  { title: "RemoteControlDisableResponse" },
);
export type Result = Static<typeof Result>;
