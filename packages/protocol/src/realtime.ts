import { Type as T, type Static } from "@sinclair/typebox";
import { AllOf, Nullable, Uint16, Uint32, Words } from "./schema.ts";

export const ConversationTextRole = Words(["user", "developer", "assistant"], { title: "ConversationTextRole" });
export type ConversationTextRole = Static<typeof ConversationTextRole>;

export const RealtimeConversationVersion = Words(["v1", "v2", "v3"], { title: "RealtimeConversationVersion" });
export type RealtimeConversationVersion = Static<typeof RealtimeConversationVersion>;

export const RealtimeVoice = Words(
  [
    "alloy",
    "arbor",
    "ash",
    "aube",
    "ballad",
    "breeze",
    "bubbie",
    "cedar",
    "coral",
    "cove",
    "echo",
    "ember",
    "haetsal",
    "hanul",
    "himari",
    "juniper",
    "leher",
    "maple",
    "marin",
    "miko",
    "neer",
    "porto",
    "rindo",
    "rio",
    "rivage",
    "sage",
    "selva",
    "shimmer",
    "sol",
    "sonna",
    "spruce",
    "tinta",
    "vale",
    "verse",
    "viola",
  ],
  { title: "RealtimeVoice" },
);
export type RealtimeVoice = Static<typeof RealtimeVoice>;

export const ThreadRealtimeAudioChunk = T.Object(
  {
    data: T.String(),
    sampleRate: Uint32,
    numChannels: Uint16,
    samplesPerChannel: Nullable(Uint32),
    itemId: Nullable(T.String()),
  },
  { title: "ThreadRealtimeAudioChunk" },
);
export type ThreadRealtimeAudioChunk = Static<typeof ThreadRealtimeAudioChunk>;

export const ThreadRealtimeBemItemPresentation = T.Union(
  [
    T.Object({ type: T.Literal("wholeItem") }),
    T.Object({ type: T.Literal("inlineMarkdown") }),
    T.Object({ type: T.Literal("inlineVisualization"), index: Uint32 }),
  ],
  { title: "ThreadRealtimeBemItemPresentation" },
);
export type ThreadRealtimeBemItemPresentation = Static<typeof ThreadRealtimeBemItemPresentation>;

export const ThreadRealtimeTranscriptRole = Words(["user", "assistant"], { title: "ThreadRealtimeTranscriptRole" });
export type ThreadRealtimeTranscriptRole = Static<typeof ThreadRealtimeTranscriptRole>;

export const ThreadRealtimeSessionOutcome = Words(["ended", "failed"], { title: "ThreadRealtimeSessionOutcome" });
export type ThreadRealtimeSessionOutcome = Static<typeof ThreadRealtimeSessionOutcome>;

export const ThreadRealtimeItem = AllOf(
  [
    T.Object({ id: T.String(), realtimeSessionId: T.String() }),
    T.Union([
      T.Object({ type: T.Literal("realtimeSessionStarted") }),
      T.Object({ type: T.Literal("transcriptSegment"), role: ThreadRealtimeTranscriptRole, text: T.String() }),
      T.Object({
        type: T.Literal("bemItemPromoted"),
        turnId: T.String(),
        itemId: T.String(),
        presentation: ThreadRealtimeBemItemPresentation,
      }),
      T.Object({ type: T.Literal("realtimeSessionClosed"), outcome: ThreadRealtimeSessionOutcome }),
    ]),
  ],
  { title: "ThreadRealtimeItem" },
);
export type ThreadRealtimeItem = Static<typeof ThreadRealtimeItem>;
