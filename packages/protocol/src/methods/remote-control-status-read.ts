import { Type as T, type Static } from "@sinclair/typebox";
import { RemoteControlConnectionStatus } from "../remote-control.ts";
import { NoParams, Nullable } from "../schema.ts";

export const Params = NoParams;
export type Params = Static<typeof Params>;

export const Result = T.Object(
  {
    status: RemoteControlConnectionStatus,
    serverName: T.String(),
    installationId: T.String(),
    environmentId: Nullable(T.String()),
  },
  { title: "RemoteControlStatusReadResponse" },
);
export type Result = Static<typeof Result>;
