import { Type as T, type Static } from "@sinclair/typebox";
import { UserInput } from "./items.ts";
import { Nullable } from "./schema.ts";

export const QueuedSubmission = T.Object(
  {
    id: T.String(),
    input: T.Array(UserInput),
    clientUserMessageId: T.String(),
    responsesapiClientMetadata: Nullable(T.Record(T.String(), T.String())),
  },
  { title: "QueuedSubmission" },
);
export type QueuedSubmission = Static<typeof QueuedSubmission>;
