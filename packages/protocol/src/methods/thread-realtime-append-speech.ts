import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object(
  { threadId: T.String(), text: T.String() },
  { title: "ThreadRealtimeAppendSpeechParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadRealtimeAppendSpeechResponse" });
export type Result = Static<typeof Result>;
