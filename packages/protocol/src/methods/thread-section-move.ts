import { Type as T, type Static } from "@sinclair/typebox";
import { OptionalNull, OrNull } from "../schema.ts";

export const Params = T.Object(
  { threadId: T.String(), sectionId: OrNull(T.String()), beforeThreadId: OptionalNull(T.String()) },
  { title: "ThreadSectionMoveParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadSectionMoveResponse" });
export type Result = Static<typeof Result>;
