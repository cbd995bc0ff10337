import { Type as T, type Static } from "@sinclair/typebox";
import { Words } from "../schema.ts";
import { ThreadAttachment } from "../thread-attachment.ts";
import { JsonValue } from "../values.ts";

export const ThreadAttachmentAddOutcome = Words(["created", "existing"], { title: "ThreadAttachmentAddOutcome" });
export type ThreadAttachmentAddOutcome = Static<typeof ThreadAttachmentAddOutcome>;

export const Params = T.Object(
  { threadId: T.String(), attachmentType: T.String(), identityKey: T.String(), payload: JsonValue },
  { title: "ThreadAttachmentAddParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { outcome: ThreadAttachmentAddOutcome, attachment: ThreadAttachment },
  { title: "ThreadAttachmentAddResponse" },
);
export type Result = Static<typeof Result>;
