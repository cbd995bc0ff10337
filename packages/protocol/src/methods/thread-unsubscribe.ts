import { Type as T, type Static } from "@sinclair/typebox";
import { Words } from "../schema.ts";

export const Params = T.Object({ threadId: T.String() }, { title: "ThreadUnsubscribeParams" });
export type Params = Static<typeof Params>;

export const ThreadUnsubscribeStatus = Words(["notLoaded", "notSubscribed", "unsubscribed"], {
  title: "ThreadUnsubscribeStatus",
});
export type ThreadUnsubscribeStatus = Static<typeof ThreadUnsubscribeStatus>;

export const Result = T.Object({ status: ThreadUnsubscribeStatus }, { title: "ThreadUnsubscribeResponse" });
export type Result = Static<typeof Result>;
