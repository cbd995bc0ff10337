import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OptionalNull, Uint32 } from "../schema.ts";

export const ThreadAttachmentOwner = T.Object(
  { threadId: T.String(), archived: T.Boolean() },
  { title: "ThreadAttachmentOwner" },
);
export type ThreadAttachmentOwner = Static<typeof ThreadAttachmentOwner>;

export const Params = T.Object(
  {
    attachmentType: T.String(),
    identityKey: T.String(),
    archived: OptionalNull(T.Boolean()),
    cursor: OptionalNull(T.String()),
    limit: OptionalNull(Uint32),
  },
  { title: "ThreadAttachmentOwnerListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { data: T.Array(ThreadAttachmentOwner), nextCursor: Nullable(T.String()) },
  { title: "ThreadAttachmentOwnerListResponse" },
);
export type Result = Static<typeof Result>;
