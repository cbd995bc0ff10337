import { Type as T, type Static } from "@sinclair/typebox";
import { ThreadRealtimeAudioChunk } from "../realtime.ts";

export const Params = T.Object(
  { threadId: T.String(), audio: ThreadRealtimeAudioChunk },
  { title: "ThreadRealtimeAppendAudioParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadRealtimeAppendAudioResponse" });
export type Result = Static<typeof Result>;
