import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull } from "../schema.ts";

export const Params = T.Object(
  { pairingCode: OptionalNull(T.String()), manualPairingCode: OptionalNull(T.String()) },
  { title: "RemoteControlPairingStatusParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ claimed: T.Boolean() }, { title: "RemoteControlPairingStatusResponse" });
export type Result = Static<typeof Result>;
