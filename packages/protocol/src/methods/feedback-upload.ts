import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OptionalNull } from "../schema.ts";

export const Params = T.Object(
  {
    classification: T.String(),
    reason: OptionalNull(T.String()),
    threadId: OptionalNull(T.String()),
    includeLogs: T.Optional(T.Boolean()),
    extraLogFiles: OptionalNull(T.Array(T.String())),
    tags: OptionalNull(T.Record(T.String(), T.String())),
  },
  { title: "FeedbackUploadParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { threadId: T.String(), promptHash: Nullable(T.String()) },
  { title: "FeedbackUploadResponse" },
);
export type Result = Static<typeof Result>;
