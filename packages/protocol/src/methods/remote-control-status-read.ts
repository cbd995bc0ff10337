import { Type as T, type Static } from "@sinclair/typebox";
import { remoteControlState } from "../remote-control.ts";
import { NoParams } from "../schema.ts";

export const Params = NoParams;
export type Params = Static<typeof Params>;

export const Result = T.Object(remoteControlState, { title: "RemoteControlStatusReadResponse" });
export type Result = Static<typeof Result>;
