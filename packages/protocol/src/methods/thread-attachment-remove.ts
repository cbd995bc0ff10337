import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object(
  { threadId: T.String(), attachmentType: T.String(), identityKey: T.String() },
  { title: "ThreadAttachmentRemoveParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadAttachmentRemoveResponse" });
export type Result = Static<typeof Result>;
