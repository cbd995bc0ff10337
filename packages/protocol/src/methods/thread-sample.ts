import { Type as T, type Static } from "@sinclair/typebox";
import { BigInt64, Nullable, OptionalNull } from "../schema.ts";
import { ThreadSource } from "../thread.ts";
import { ReasoningEffort } from "../values.ts";

export const Params = T.Object(
  {
    threadId: T.String(),
    expectedTurnId: T.String(),
    allowInProgressTurn: T.Optional(T.Boolean()),
    prompt: T.String(),
    effort: OptionalNull(ReasoningEffort),
    threadSource: OptionalNull(ThreadSource),
    turnTrigger: OptionalNull(T.String()),
    responsesapiClientMetadata: OptionalNull(T.Record(T.String(), T.String())),
    disableMcp: T.Optional(T.Boolean()),
    interruptOnCancel: OptionalNull(T.Boolean()),
  },
  { title: "ThreadSampleParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  {
    sourceTurnId: T.String(),
    responseId: T.String(),
    text: Nullable(T.String()),
    inputTokens: Nullable(BigInt64),
    cachedInputTokens: Nullable(BigInt64),
    outputTokens: Nullable(BigInt64),
  },
  { title: "ThreadSampleResponse" },
);
export type Result = Static<typeof Result>;
