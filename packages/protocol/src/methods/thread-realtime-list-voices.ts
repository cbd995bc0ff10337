import { Type as T, type Static } from "@sinclair/typebox";
import { RealtimeVoice } from "../realtime.ts";
import { Declared } from "../schema.ts";

export const RealtimeVoicesList = T.Object(
  {
    v1: T.Array(RealtimeVoice),
    v2: T.Array(RealtimeVoice),
    v3: Declared(T.Optional(T.Array(RealtimeVoice)), []),
    defaultV1: RealtimeVoice,
    defaultV2: RealtimeVoice,
  },
  { title: "RealtimeVoicesList" },
);
export type RealtimeVoicesList = Static<typeof RealtimeVoicesList>;

export const Params = T.Object({}, { title: "ThreadRealtimeListVoicesParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({ voices: RealtimeVoicesList }, { title: "ThreadRealtimeListVoicesResponse" });
export type Result = Static<typeof Result>;
