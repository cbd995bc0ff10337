import { Type as T, type Static } from "@sinclair/typebox";
import { RealtimeConversationVersion, ThreadRealtimeAudioChunk, ThreadRealtimeItem } from "../realtime.ts";
import { Nullable } from "../schema.ts";
import { JsonValue } from "../values.ts";

export const ThreadRealtimeClosedNotification = T.Object(
  { threadId: T.String(), reason: Nullable(T.String()) },
  { title: "ThreadRealtimeClosedNotification" },
);
export type ThreadRealtimeClosedNotification = Static<typeof ThreadRealtimeClosedNotification>;

export const ThreadRealtimeErrorNotification = T.Object(
  { threadId: T.String(), message: T.String() },
  { title: "ThreadRealtimeErrorNotification" },
);
export type ThreadRealtimeErrorNotification = Static<typeof ThreadRealtimeErrorNotification>;

export const ThreadRealtimeItemAddedNotification = T.Object(
  { threadId: T.String(), item: JsonValue },
  { title: "ThreadRealtimeItemAddedNotification" },
);
export type ThreadRealtimeItemAddedNotification = Static<typeof ThreadRealtimeItemAddedNotification>;

export const ThreadRealtimeItemCompletedNotification = T.Object(
  { threadId: T.String(), item: ThreadRealtimeItem },
  { title: "ThreadRealtimeItemCompletedNotification" },
);
export type ThreadRealtimeItemCompletedNotification = Static<typeof ThreadRealtimeItemCompletedNotification>;

export const ThreadRealtimeItemStartedNotification = T.Object(
  { threadId: T.String(), item: ThreadRealtimeItem },
  { title: "ThreadRealtimeItemStartedNotification" },
);
export type ThreadRealtimeItemStartedNotification = Static<typeof ThreadRealtimeItemStartedNotification>;

export const ThreadRealtimeItemTranscriptDeltaNotification = T.Object(
  { threadId: T.String(), itemId: T.String(), delta: T.String() },
  { title: "ThreadRealtimeItemTranscriptDeltaNotification" },
);
export type ThreadRealtimeItemTranscriptDeltaNotification = Static<
  typeof ThreadRealtimeItemTranscriptDeltaNotification
>;

export const ThreadRealtimeOutputAudioDeltaNotification = T.Object(
  { threadId: T.String(), audio: ThreadRealtimeAudioChunk },
  { title: "ThreadRealtimeOutputAudioDeltaNotification" },
);
export type ThreadRealtimeOutputAudioDeltaNotification = Static<typeof ThreadRealtimeOutputAudioDeltaNotification>;

export const ThreadRealtimeSdpNotification = T.Object(
  { threadId: T.String(), sdp: T.String() },
  { title: "ThreadRealtimeSdpNotification" },
);
export type ThreadRealtimeSdpNotification = Static<typeof ThreadRealtimeSdpNotification>;

export const ThreadRealtimeStartedNotification = T.Object(
  { threadId: T.String(), realtimeSessionId: Nullable(T.String()), version: RealtimeConversationVersion },
  { title: "ThreadRealtimeStartedNotification" },
);
export type ThreadRealtimeStartedNotification = Static<typeof ThreadRealtimeStartedNotification>;

export const ThreadRealtimeTranscriptDeltaNotification = T.Object(
  { threadId: T.String(), role: T.String(), delta: T.String() },
  { title: "ThreadRealtimeTranscriptDeltaNotification" },
);
export type ThreadRealtimeTranscriptDeltaNotification = Static<typeof ThreadRealtimeTranscriptDeltaNotification>;

export const ThreadRealtimeTranscriptDoneNotification = T.Object(
  { threadId: T.String(), role: T.String(), text: T.String() },
  { title: "ThreadRealtimeTranscriptDoneNotification" },
);
export type ThreadRealtimeTranscriptDoneNotification = Static<typeof ThreadRealtimeTranscriptDoneNotification>;
