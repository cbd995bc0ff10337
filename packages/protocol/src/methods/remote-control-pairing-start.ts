import { Type as T, type Static } from "@sinclair/typebox";
import { BigInt64, Nullable } from "../schema.ts";

export const Params = T.Object({ manualCode: T.Optional(T.Boolean()) }, { title: "RemoteControlPairingStartParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { pairingCode: T.String(), manualPairingCode: Nullable(T.String()), environmentId: T.String(), expiresAt: BigInt64 },
  { title: "RemoteControlPairingStartResponse" },
);
export type Result = Static<typeof Result>;
