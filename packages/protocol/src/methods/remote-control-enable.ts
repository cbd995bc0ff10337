import { Type as T, type Static } from "@sinclair/typebox";
import { remoteControlState } from "../remote-control.ts";
import { ParamsAreNull } from "../schema.ts";

export const Params = ParamsAreNull(
  T.Object({ ephemeral: T.Optional(T.Boolean()) }, { title: "RemoteControlEnableParams" }),
);
export type Params = Static<typeof Params>;

export const Result = T.Object(remoteControlState, { title: "RemoteControlEnableResponse" });
export type Result = Static<typeof Result>;
