import { Type as T, type Static } from "@sinclair/typebox";
import { Int64 } from "./schema.ts";
import { JsonValue } from "./values.ts";

export const ThreadAttachment = T.Object(
  { id: T.String(), attachmentType: T.String(), identityKey: T.String(), payload: JsonValue, createdAt: Int64 },
  { title: "ThreadAttachment" },
);
export type ThreadAttachment = Static<typeof ThreadAttachment>;
