import { Type as T, type Static } from "@sinclair/typebox";
import { Nullable, OptionalNull, Uint32 } from "../schema.ts";
import { ThreadAttachment } from "../thread-attachment.ts";

export const Params = T.Object(
  { threadId: T.String(), cursor: OptionalNull(T.String()), limit: OptionalNull(Uint32) },
  { title: "ThreadAttachmentListParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object(
  { data: T.Array(ThreadAttachment), nextCursor: Nullable(T.String()) },
  { title: "ThreadAttachmentListResponse" },
);
export type Result = Static<typeof Result>;
