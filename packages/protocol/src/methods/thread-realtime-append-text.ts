import { Type as T, type Static } from "@sinclair/typebox";
import { ConversationTextRole } from "../realtime.ts";
import { Defaulted } from "../schema.ts";

export const Params = T.Object(
  { threadId: T.String(), text: T.String(), role: Defaulted(ConversationTextRole, "user") },
  { title: "ThreadRealtimeAppendTextParams" },
);
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "ThreadRealtimeAppendTextResponse" });
export type Result = Static<typeof Result>;
