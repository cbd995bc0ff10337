import { Type as T, type Static } from "@sinclair/typebox";

export const Params = T.Object({ subscriptionId: T.String() }, { title: "McpServerEventStreamStopParams" });
export type Params = Static<typeof Params>;

export const Result = T.Object({}, { title: "McpServerEventStreamStopResponse" });
export type Result = Static<typeof Result>;
