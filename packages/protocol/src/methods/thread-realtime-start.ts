import { Type as T, type Static } from "@sinclair/typebox";
import { ConversationTextRole, RealtimeConversationVersion, RealtimeVoice } from "../realtime.ts";
import { OptionalNull, Words } from "../schema.ts";

export const CodexResponseHandoffMode = Words(["thinking", "commentary", "bemTags"], {
  title: "CodexResponseHandoffMode",
});
export type CodexResponseHandoffMode = Static<typeof CodexResponseHandoffMode>;

export const RealtimeOutputModality = Words(["text", "audio"], { title: "RealtimeOutputModality" });
export type RealtimeOutputModality = Static<typeof RealtimeOutputModality>;

export const ThreadRealtimeInitialItem = T.Object(
  { role: ConversationTextRole, text: T.String() },
  { title: "ThreadRealtimeInitialItem" },
);
export type ThreadRealtimeInitialItem = Static<typeof ThreadRealtimeInitialItem>;

export const ThreadRealtimeStartTransport = T.Union(
  [
    T.Object({ type: T.Literal("websocket") }),
    T.Object({ type: T.Literal("webrtc"), sdp: T.String() }),
    T.Object({ type: T.Literal("existingCall"), callId: T.String() }),
  ],
  { title: "ThreadRealtimeStartTransport" },
);
export type ThreadRealtimeStartTransport = Static<typeof ThreadRealtimeStartTransport>;

export const Params = T.Object(
  {
    threadId: T.String(),
    clientManagedHandoffs: OptionalNull(T.Boolean()),
    delegationAckFiller: OptionalNull(T.Boolean()),
    flushTranscriptTailOnSessionEnd: OptionalNull(T.Boolean()),
    codexResponsesAsItems: OptionalNull(T.Boolean()),
    codexResponseItemPrefix: OptionalNull(T.String()),
    codexResponseHandoffMode: OptionalNull(CodexResponseHandoffMode),
    backendReasoningStatus: T.Optional(T.Boolean()),
    codexResponseHandoffChannelPrefixes: OptionalNull(T.Record(T.String(), T.Array(T.String()))),
    model: OptionalNull(T.String()),
    outputModality: RealtimeOutputModality,
    includeStartupContext: OptionalNull(T.Boolean()),
    initialItems: OptionalNull(T.Array(ThreadRealtimeInitialItem)),
    realtimeStartInstructions: OptionalNull(T.String()),
    realtimeEndInstructions: OptionalNull(T.String()),
    prompt: OptionalNull(T.String()),
    realtimeSessionId: OptionalNull(T.String()),
    voiceSessionId: OptionalNull(T.String()),
    transport: OptionalNull(ThreadRealtimeStartTransport),
    version: OptionalNull(RealtimeConversationVersion),
    voice: OptionalNull(RealtimeVoice),
  },
  { title: "ThreadRealtimeStartParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadRealtimeStartResponse" });
export type Result = Static<typeof Result>;
