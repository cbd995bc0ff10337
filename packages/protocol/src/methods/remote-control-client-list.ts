import { Type as T, type Static } from "@sinclair/typebox";
import { BigInt64, Nullable, OptionalNull, Uint32, Words } from "../schema.ts";

export const RemoteControlClient = T.Object(
  {
    clientId: T.String(),
    displayName: Nullable(T.String()),
    deviceType: Nullable(T.String()),
    platform: Nullable(T.String()),
    osVersion: Nullable(T.String()),
    deviceModel: Nullable(T.String()),
    appVersion: Nullable(T.String()),
    lastSeenAt: Nullable(BigInt64),
  },
  { title: "RemoteControlClient" },
);
export type RemoteControlClient = Static<typeof RemoteControlClient>;

export const RemoteControlClientsListOrder = Words(["asc", "desc"], { title: "RemoteControlClientsListOrder" });
export type RemoteControlClientsListOrder = Static<typeof RemoteControlClientsListOrder>;

export const Params = T.Object(
  {
    environmentId: T.String(),
    cursor: OptionalNull(T.String()),
    limit: OptionalNull(Uint32),
    order: OptionalNull(RemoteControlClientsListOrder),
  },
  { title: "RemoteControlClientsListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { data: T.Array(RemoteControlClient), nextCursor: Nullable(T.String()) },
  { title: "RemoteControlClientsListResponse" },
);
export type Result = Static<typeof Result>;
