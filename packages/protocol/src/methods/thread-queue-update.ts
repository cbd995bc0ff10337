import { Type as T, type Static } from "@sinclair/typebox";
import { UserInput } from "../items.ts";
import { QueuedSubmission } from "../queued-submission.ts";
import { OptionalNull } from "../schema.ts";

export const Params = T.Object(
  {
    threadId: T.String(),
    queuedSubmissionId: T.String(),
    input: T.Array(UserInput),
    responsesapiClientMetadata: OptionalNull(T.Record(T.String(), T.String())),
  },
  { title: "ThreadQueueUpdateParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({ queuedSubmission: QueuedSubmission }, { title: "ThreadQueueUpdateResponse" });
export type Result = Static<typeof Result>;
