import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object(
  { environmentId: T.String(), clientId: T.String() },
  { title: "RemoteControlClientsRevokeParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "RemoteControlClientsRevokeResponse" });
export type Result = Static<typeof Result>;
